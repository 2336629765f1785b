package io.gamemetrics.projections.leaderboardsstore;

import io.gamemetrics.infrastructure.readstore.Cell;
import io.gamemetrics.infrastructure.readstore.Entry;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A list, an entry a place. Its key says all a member does: the person, when the score was reached and where the event
 * lies; its value is the score it stands by, the lowest first, ±2^53 where it is saturated.
 */
@SuppressWarnings("ArrayRecordComponent") // A name of a key, never compared.
record ListPart(Cell.Key key, byte[] list) implements Part {

    static final String SECTION = "list";

    private static final int NUMBER_BYTES = 6;

    @Override
    public long count(Redis redis) {
        return redis.size(list);
    }

    @Override
    public void forEach(Redis redis, Consumer<Entry> each) {
        redis.onConnection(connection ->
                AllKeys.forEachMember(connection, list, (member, score) -> each.accept(entry(member, score))));
    }

    @Override
    public void find(Redis redis, List<String> keys, Consumer<Entry> each) {
        List<byte[]> members = keys.stream()
                .map(ListPart::member)
                .filter(member -> member.length > 0)
                .toList();
        List<@Nullable Double> scores = redis.scores(list, members);
        for (int i = 0; i < members.size(); i++) {
            Double score = scores.get(i);
            if (score != null) {
                each.accept(entry(members.get(i), score));
            }
        }
    }

    private static Entry entry(byte[] member, double score) {
        ByteBuffer bytes = ByteBuffer.wrap(member);
        long at = six(bytes);
        long position = six(bytes);
        UUID person = new UUID(bytes.getLong(), bytes.getLong());
        return new Entry.Exact(person + " " + at + " " + position, person, Double.toString(score));
    }

    /** One that can't be is an empty one. */
    private static byte[] member(String key) {
        String[] parts = key.split(" ", 3);
        if (parts.length < 3) {
            return new byte[0];
        }
        try {
            UUID person = UUID.fromString(parts[0]);
            ByteBuffer bytes = ByteBuffer.allocate(2 * NUMBER_BYTES + 2 * Long.BYTES);
            putSix(bytes, Long.parseLong(parts[1]));
            putSix(bytes, Long.parseLong(parts[2]));
            return bytes.putLong(person.getMostSignificantBits())
                    .putLong(person.getLeastSignificantBits())
                    .array();
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    private static long six(ByteBuffer bytes) {
        long number = 0;
        for (int i = 0; i < NUMBER_BYTES; i++) {
            number = number << Byte.SIZE | Byte.toUnsignedLong(bytes.get());
        }
        return number;
    }

    private static void putSix(ByteBuffer bytes, long number) {
        for (int i = NUMBER_BYTES - 1; i >= 0; i--) {
            bytes.put((byte) (number >>> (Byte.SIZE * i)));
        }
    }
}
