package io.gamemetrics.projections.leaderboardsstore;

import io.gamemetrics.sharedkernel.ids.Pseudonym;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Goes through all that is kept, for erasures and for a new beginning. Safe for concurrent use, beside writers too. Every
 * method throws {@link LeaderboardsStoreException} when Redis can't be asked.
 */
public final class LeaderboardsCleaner {

    private static final int MOST_TRIES = 100;

    private static final int VALUES = 0;
    private static final int ENTRIES = 1;
    private static final int LINKS = 2;
    private static final int BANS = 3;
    private static final int PARKED = 4;

    private final Redis redis;

    /** Of version 1. */
    public LeaderboardsCleaner(LeaderboardsRedis redis) {
        this(redis, 1);
    }

    /** @param version which of the read model's versions is gone through */
    public LeaderboardsCleaner(LeaderboardsRedis redis, int version) {
        this(new Redis(redis, version));
    }

    LeaderboardsCleaner(Redis redis) {
        this.redis = redis;
    }

    /**
     * What was taken away of a player.
     *
     * @param values what was counted for the player, one a board and period
     * @param entries places in lists
     * @param links with other players, in either direction
     * @param bans of one board or of all
     * @param parked places of events that wait
     */
    public record Purged(long values, long entries, long links, long bans, long parked) {}

    /**
     * Takes a player out of all boards of a game. Players who had been linked to this one are persons of their own again.
     * Does not keep later events of the player from being counted.
     */
    public Purged purge(Pseudonym player) {
        long[] counts = new long[PARKED + 1];
        for (byte[] member : redis.members(redis.keys().games())) {
            int game = Integer.parseInt(Bytes.text(member));
            purge(game, player.value(), counts);
        }
        for (int partition : Readiness.partitions(redis)) {
            redis.all(redis.keys().parked(partition)).forEach((position, event) -> {
                if (event.startsWith(player.value() + "|")) {
                    counts[PARKED] += redis.remove(redis.keys().parked(partition), Bytes.of(position));
                }
            });
        }
        return new Purged(counts[VALUES], counts[ENTRIES], counts[LINKS], counts[BANS], counts[PARKED]);
    }

    private void purge(int game, UUID player, long[] counts) {
        byte[] id = Bytes.of(player);
        for (String boardId : new GameRegistry(redis, game).config().boards()) {
            purge(new Keys.Board(game, boardId), id, counts);
        }
        redis.onConnection(connection -> {
            List<byte[]> gone = new ArrayList<>();
            AllKeys.forEachEntry(connection, redis.keys().links(game), (linked, person) -> {
                if (Bytes.uuid(linked).equals(player) || Bytes.uuid(person).equals(player)) {
                    gone.add(linked);
                }
            });
            gone.forEach(linked -> counts[LINKS] += redis.remove(redis.keys().links(game), linked));
        });
        for (byte[] ban : redis.fields(redis.keys().bans(game))) {
            if (Bytes.uuid(ban).equals(player)) {
                counts[BANS] += redis.remove(redis.keys().bans(game), ban);
            }
        }
    }

    private void purge(Keys.Board board, byte[] player, long[] counts) {
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            List<byte[]> keys = new ArrayList<>(redis.keys().ofScripts(board));
            List<byte[]> arguments = new ArrayList<>();
            arguments.add(player);
            for (byte[] period : redis.fields(redis.keys().changed(board))) {
                keys.add(redis.keys().rank(board, Bytes.text(period)));
                keys.add(redis.keys().state(board, Bytes.text(period)));
                arguments.add(period);
            }
            List<?> purged = redis.run(Scripts.PURGE, keys, arguments);
            if (purged != null
                    && purged.get(0) instanceof Long values
                    && purged.get(1) instanceof Long entries
                    && values >= 0) {
                counts[VALUES] += values;
                counts[ENTRIES] += entries;
                return;
            }
        }
        throw new LeaderboardsStoreException("board " + board.id() + " of game " + board.game()
                + " begins new periods faster than a player can be taken out");
    }

    /**
     * Looks for texts, and for the bytes of texts that are UUIDs, in the names and contents of all keys.
     *
     * @return the keys with one of them, in no order
     */
    public List<String> scan(Collection<String> needles) {
        List<String> forms = new ArrayList<>();
        for (String needle : needles) {
            forms.add(latin(Bytes.of(needle)));
            uuid(needle).ifPresent(id -> forms.add(latin(Bytes.of(id))));
        }
        Set<String> hits = new HashSet<>();
        redis.onConnection(
                connection -> AllKeys.forEach(connection, redis.keys().pattern(), key -> {
                    Consumer<byte[]> look = bytes -> {
                        String text = latin(bytes);
                        if (forms.stream().anyMatch(text::contains)) {
                            hits.add(Bytes.text(key));
                        }
                    };
                    look.accept(key);
                    AllKeys.forEachIn(connection, key, look);
                }));
        return List.copyOf(hits);
    }

    /** A character a byte. */
    private static String latin(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static Optional<UUID> uuid(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Takes everything of the version away, checkpoints included: it begins anew. While nobody writes it. */
    public void drop() {
        drop(redis.keys().pattern());
    }

    /** Takes every version away. */
    public void dropAll() {
        drop(Keys.OF_ALL);
    }

    private void drop(String pattern) {
        redis.onConnection(connection -> AllKeys.forEach(
                connection, pattern, key -> connection.keyCommands().unlink(key)));
    }
}
