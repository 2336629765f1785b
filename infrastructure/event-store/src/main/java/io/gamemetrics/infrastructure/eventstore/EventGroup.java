package io.gamemetrics.infrastructure.eventstore;

import java.util.List;
import java.util.UUID;

/**
 * What is stored together or not at all.
 *
 * @param events new events; of one stream in order of sequence, without a gap after the stream's last
 * @param rejected events that were refused
 */
public record EventGroup(List<Row> events, List<RejectedEvent> rejected) {

    public EventGroup {
        events = List.copyOf(events);
        rejected = List.copyOf(rejected);
    }

    /** A group of events with nothing refused. */
    public static EventGroup of(List<Row> events) {
        return new EventGroup(events, List.of());
    }

    /** One new event at its place in its stream. */
    public record Row(UUID stream, long sequence, EventCodec.Encoded encoded) {

        public Row {
            if (sequence < 0) {
                throw new IllegalArgumentException("sequence must be ≥ 0: " + sequence);
            }
        }
    }
}
