package io.gamemetrics.commandside.search;

import io.gamemetrics.infrastructure.eventstore.EventCodec;
import io.gamemetrics.infrastructure.eventstore.StoredEvent;
import io.gamemetrics.infrastructure.eventstream.WholeTopic;
import io.gamemetrics.infrastructure.readstore.Needles;
import java.util.List;
import java.util.Objects;

/** All Kafka still holds of the stream of events: keys, headers, values, and what those hold where its key still exists. */
final class StreamSearch implements SearchedStore {

    private final WholeTopic topic;
    private final EventCodec codec;

    StreamSearch(WholeTopic topic, EventCodec codec) {
        this.topic = topic;
        this.codec = codec;
    }

    @Override
    public String name() {
        return "kafka";
    }

    @Override
    public void search(Needles needles, Places found) {
        topic.each(records -> {
            for (WholeTopic.Kept one : records) {
                one.bytes().forEach(bytes -> found.look("record", bytes));
            }
            List<StoredEvent> events = records.stream()
                    .map(WholeTopic.Kept::event)
                    .filter(Objects::nonNull)
                    .toList();
            for (byte[] plain : codec.open(events)) {
                if (plain.length > 0) {
                    found.look("decoded", plain);
                }
            }
        });
    }
}
