package io.gamemetrics.projections.metricsstore;

import io.gamemetrics.infrastructure.readstore.Cell;
import io.gamemetrics.infrastructure.readstore.Entry;
import io.gamemetrics.infrastructure.readstore.EntrySource;
import io.gamemetrics.infrastructure.readstore.Reading;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Who is in a day's set of players, whatever form the set is kept in: an entry a player. And how many each stored part says
 * it has, which is what most readers take.
 */
final class SetEntries implements EntrySource {

    private static final String ACTIVE = "player_set:active";
    private static final String COHORT = "player_set:cohort";
    private static final String PAID = "player_set:paid";
    private static final String PART = "part ";

    /** Whose streams are looked up at once. */
    private static final int LOOKED_UP = 1_000;

    @Override
    public List<String> sections() {
        return List.of(ACTIVE, COHORT, PAID);
    }

    private static String section(String sort) {
        return switch (sort.charAt(0)) {
            case PlayerSets.ACTIVE -> ACTIVE;
            case PlayerSets.COHORT -> COHORT;
            case PlayerSets.PAID -> PAID;
            default -> throw new IllegalStateException("unknown sort of player set: " + sort);
        };
    }

    private static char sort(String section) {
        return switch (section) {
            case ACTIVE -> PlayerSets.ACTIVE;
            case COHORT -> PlayerSets.COHORT;
            case PAID -> PlayerSets.PAID;
            default -> throw new IllegalArgumentException("no set of players: " + section);
        };
    }

    private static final class Sum {
        private Cell.@Nullable Key key;
        private long count;
        private long checksum;

        void add(long number) {
            count++;
            checksum += mixed(number);
        }

        void giveTo(Consumer<Cell> each) {
            if (key != null) {
                each.accept(new Cell(key, count, OptionalLong.of(checksum)));
            }
            count = 0;
            checksum = 0;
        }
    }

    /** Neighbours far apart, so that sums tell sets apart: the finalizer of MurmurHash3. */
    private static long mixed(long number) {
        long mixed = number + 0x9E37_79B9_7F4A_7C15L;
        mixed = (mixed ^ (mixed >>> 33)) * 0xFF51_AFD7_ED55_8CCDL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xC4CE_B9FE_1A85_EC53L;
        return mixed ^ (mixed >>> 33);
    }

    @Override
    public void forEachCell(Reading reading, Consumer<Cell> each) throws SQLException {
        Sum sum = new Sum();
        new Sql()
                // In the order of the sections' names.
                .add("SELECT sort, game, day::text, container, size, players FROM player_set WHERE size > 0"
                        + " ORDER BY sort, game, player_set.day, container")
                .forEachSet(reading.connection(), row -> {
                    Cell.Key key = new Cell.Key(section(row.getString(1)), row.getInt(2), row.getString(3));
                    if (reading.sections().contains(key.section())) {
                        if (!key.equals(sum.key)) {
                            sum.giveTo(each);
                            sum.key = key;
                        }
                        int container = row.getInt(4);
                        sum.add(-1L - ((long) container << 32 | row.getInt(5)));
                        PlayerSets.read(row.getBytes(6)).forEach((int low) -> sum.add(container << 16 | low));
                    }
                });
        sum.giveTo(each);
    }

    @Override
    public void forEachEntry(Reading reading, Cell.Key cell, Consumer<Entry> each) throws SQLException {
        entries(reading, cell, null, each);
    }

    @Override
    public void find(Reading reading, Cell.Key cell, Collection<String> keys, Consumer<Entry> each)
            throws SQLException {
        entries(reading, cell, new HashSet<>(keys), each);
    }

    private static void entries(Reading reading, Cell.Key cell, @Nullable Set<String> keys, Consumer<Entry> each)
            throws SQLException {
        List<Integer> players = new ArrayList<>();
        new Sql()
                .add("SELECT container, size, players FROM player_set WHERE size > 0 AND game = ?", cell.game())
                .add(" AND sort = '" + sort(cell.section()) + "' AND day = ?", LocalDate.parse(cell.part()))
                .forEachSet(reading.connection(), row -> {
                    int container = row.getInt(1);
                    String part = PART + container;
                    if (keys == null || keys.contains(part)) {
                        each.accept(new Entry.Exact(part, null, row.getString(2)));
                    }
                    PlayerSets.read(row.getBytes(3)).forEach((int low) -> {
                        int player = container << 16 | low;
                        if (keys == null || keys.contains(Integer.toString(player))) {
                            players.add(player);
                        }
                    });
                });
        for (int begin = 0; begin < players.size(); begin += LOOKED_UP) {
            List<Integer> some = players.subList(begin, Math.min(players.size(), begin + LOOKED_UP));
            Map<Integer, UUID> streams = streams(reading.connection(), cell.game(), some);
            some.forEach(player -> each.accept(new Entry.Exact(player.toString(), streams.get(player), "in")));
        }
    }

    private static Map<Integer, UUID> streams(Connection connection, int game, List<Integer> players)
            throws SQLException {
        Map<Integer, UUID> streams = new HashMap<>();
        new Sql()
                .add("SELECT player, stream FROM player WHERE game = ?", game)
                .numbers(" AND player = ANY(?)", players)
                .forEach(connection, row -> streams.put(row.getInt(1), row.getObject(2, UUID.class)));
        return streams;
    }
}
