package io.gamemetrics.projections.leaderboardsstore;

import io.gamemetrics.sharedkernel.ids.ParkedEvent;
import io.gamemetrics.sharedkernel.ids.Position;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Parked events as they lie in Redis: position → stream, sequence and cause. */
final class ParkedText {

    private static final int PARTS = 3;

    private ParkedText() {}

    static byte[] field(ParkedEvent event) {
        return Bytes.of(event.position().toString());
    }

    static byte[] of(ParkedEvent event) {
        return Bytes.of(event.stream() + "|" + event.sequence() + "|" + event.cause());
    }

    /** All of a partition, in no order. */
    static List<ParkedEvent> all(Redis redis, int partition) {
        return redis.all(redis.keys().parked(partition)).entrySet().stream()
                .map(entry -> parse(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** Whether all of these are parked. */
    static boolean areThere(Redis redis, int partition, Collection<ParkedEvent> events) {
        List<byte[]> fields = events.stream().map(ParkedText::field).toList();
        return redis.get(redis.keys().parked(partition), fields).stream().noneMatch(text -> text == null);
    }

    private static ParkedEvent parse(String position, String text) {
        String[] parts = text.split("\\|", PARTS);
        return new ParkedEvent(Position.parse(position), UUID.fromString(parts[0]), Long.parseLong(parts[1]), parts[2]);
    }
}
