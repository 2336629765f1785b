package io.gamemetrics.projections.runtime;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A stretch of a partition's log: all that is committed there between two offsets. Offsets without a record, as Kafka's
 * transactions leave behind, count as read with what comes after them.
 *
 * @param from where it begins; {@link Inbox#BEGINNING} for the log's own beginning
 * @param to where it ends, behind its last record
 */
record Stretch(long from, long to, List<StreamRecord> records) {

    /** @param messages some in order, at least one: what a consumer that stood at {@code from} was given */
    static Stretch of(long from, List<ConsumerRecord<byte[], byte[]>> messages) {
        List<StreamRecord> records = new ArrayList<>(messages.size());
        for (ConsumerRecord<byte[], byte[]> message : messages) {
            records.add(StreamRecord.of(message));
        }
        return new Stretch(from, messages.getLast().offset() + 1, records);
    }

    /** The records from this offset on. */
    List<StreamRecord> since(long offset) {
        int first = 0;
        while (first < records.size() && records.get(first).offset() < offset) {
            first++;
        }
        return records.subList(first, records.size());
    }
}
