package io.gamemetrics.sharedkernel.ids;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * A stream with parked events: whatever comes of it later has to wait too.
 *
 * @param first the parked event that all others wait for
 * @param last where the last parked event stands
 * @param events how many are parked, the first included
 */
public record QuarantinedStream(ParkedEvent first, Position last, long events) {

    public UUID stream() {
        return first.stream();
    }

    /** Puts a partition's parked events together, in order of their first. */
    public static List<QuarantinedStream> of(Collection<ParkedEvent> parked) {
        Map<UUID, QuarantinedStream> streams = new TreeMap<>();
        parked.forEach(event -> streams.merge(
                event.stream(), new QuarantinedStream(event, event.position(), 1), QuarantinedStream::with));
        return streams.values().stream()
                .sorted((one, other) -> Long.compare(
                        one.first.position().number(), other.first.position().number()))
                .toList();
    }

    /** With more events of the stream. */
    private QuarantinedStream with(QuarantinedStream more) {
        return new QuarantinedStream(
                first.position().number() < more.first.position().number() ? first : more.first,
                last.number() > more.last.number() ? last : more.last,
                events + more.events);
    }

    /** With one more event; one that is not later than the last is counted already. */
    public QuarantinedStream and(ParkedEvent event) {
        return event.position().number() > last.number()
                ? new QuarantinedStream(first, event.position(), events + 1)
                : this;
    }
}
