package io.gamemetrics.projections.leaderboardsstore;

import io.gamemetrics.infrastructure.readstore.Cell;
import io.gamemetrics.infrastructure.readstore.Entry;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A hash, an entry a field. Fields that say how far somebody has come are none. */
@SuppressWarnings("ArrayRecordComponent") // A name of a key, never compared.
record HashPart(Cell.Key key, Sort sort, byte[] hash) implements Part {

    private static final String RULE_FIELD = "rule";
    private static final String PROGRESS = "at:";
    private static final int UUID_BYTES = 16;
    private static final int SPLIT_BYTES = 6;

    /** What a hash is, and so what its fields and values are. */
    enum Sort {
        BAN,
        FACT,
        LINK,
        RULE,
        VALUE;

        String section() {
            return name().toLowerCase(Locale.ROOT);
        }

        boolean isOfGame() {
            return this == BAN || this == FACT || this == LINK;
        }

        static Sort of(String section) {
            return Arrays.stream(values())
                    .filter(sort -> sort.section().equals(section))
                    .findAny()
                    .orElseThrow(() -> new IllegalArgumentException("no such section: " + section));
        }
    }

    @Override
    public long count(Redis redis) {
        return switch (sort) {
            case BAN, LINK, VALUE -> redis.count(hash);
            // Few, and some of them are none.
            case FACT, RULE -> {
                long[] count = {0};
                forEach(redis, entry -> count[0]++);
                yield count[0];
            }
        };
    }

    @Override
    public void forEach(Redis redis, Consumer<Entry> each) {
        redis.onConnection(
                connection -> AllKeys.forEachEntry(connection, hash, (field, value) -> give(field, value, each)));
    }

    @Override
    public void find(Redis redis, List<String> keys, Consumer<Entry> each) {
        List<byte[]> fields =
                keys.stream().map(this::field).filter(field -> field.length > 0).toList();
        List<byte @Nullable []> values = redis.get(hash, fields);
        for (int i = 0; i < fields.size(); i++) {
            byte[] value = values.get(i);
            if (value != null) {
                give(fields.get(i), value, each);
            }
        }
    }

    private void give(byte[] field, byte[] value, Consumer<Entry> each) {
        switch (sort) {
            case BAN -> {
                String board = Bytes.text(Arrays.copyOfRange(field, UUID_BYTES, field.length));
                UUID player = Bytes.uuid(field);
                each.accept(new Entry.Exact(player + " " + board, player, Bytes.text(value)));
            }
            case FACT, RULE -> {
                String name = Bytes.text(field);
                if (sort == Sort.RULE
                        ? name.equals(RULE_FIELD)
                        : !name.startsWith(PROGRESS)
                                && !name.startsWith(Roots.RELEASED)
                                && !name.startsWith(BroughtPart.TAKEN)) {
                    each.accept(new Entry.Exact(name, null, Bytes.text(value)));
                }
            }
            case LINK -> {
                UUID player = Bytes.uuid(field);
                each.accept(new Entry.Exact(
                        player.toString(), player, Bytes.uuid(value).toString()));
            }
            case VALUE -> {
                UUID player = Bytes.uuid(field);
                each.accept(new Entry.Exact(player.toString(), player, score(value)));
            }
        }
    }

    /** A field that can't be is an empty one. */
    private byte[] field(String entry) {
        try {
            return switch (sort) {
                case BAN -> {
                    int space = entry.indexOf(' ');
                    String board = entry.substring(space + 1);
                    yield Bans.field(UUID.fromString(entry.substring(0, space)), board.isEmpty() ? null : board);
                }
                case FACT, RULE -> Bytes.of(entry);
                case LINK, VALUE -> Bytes.of(UUID.fromString(entry));
            };
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            return new byte[0];
        }
    }

    /** As board.lua packs it: two parts of a score, when it was reached, at which position. */
    private static String score(byte[] packed) {
        ByteBuffer value = ByteBuffer.wrap(packed);
        String high = Double.toString(value.getDouble());
        long low = Integer.toUnsignedLong(value.getInt());
        return high + "*2^32+" + low + " at " + six(value) + " position " + six(value);
    }

    private static long six(ByteBuffer bytes) {
        long number = 0;
        for (int i = 0; i < SPLIT_BYTES; i++) {
            number = number << Byte.SIZE | Byte.toUnsignedLong(bytes.get());
        }
        return number;
    }
}
