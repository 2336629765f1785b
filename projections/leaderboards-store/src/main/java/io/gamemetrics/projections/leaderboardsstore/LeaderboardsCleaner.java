package io.gamemetrics.projections.leaderboardsstore;

import io.gamemetrics.infrastructure.readstore.Hit;
import io.gamemetrics.infrastructure.readstore.Needles;
import io.gamemetrics.sharedkernel.ids.Position;
import io.gamemetrics.sharedkernel.ids.Pseudonym;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Goes through all that is kept, for erasures and for a new beginning. Safe for concurrent use, beside writers too. Every
 * method throws {@link LeaderboardsStoreException} when Redis can't be asked.
 */
public final class LeaderboardsCleaner {

    private static final int MOST_TRIES = 100;

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
     * Takes a player out of all boards of a game. Players who had been linked to this one are persons of their own again.
     * Does not keep later events of the player from being counted.
     */
    void purge(LeaderboardsBatch.Erased where, int partition, UUID player) {
        int game = where.game();
        byte[] id = Bytes.of(player);
        for (String boardId : new GameRegistry(redis, game).config().boards()) {
            purge(new Keys.Board(game, boardId), where.at(), id);
        }
        linksOf(game, player).forEach(linked -> redis.remove(redis.keys().links(game), linked));
        bansOf(game, player).forEach(ban -> redis.remove(redis.keys().bans(game), ban));
        parkedOf(partition, player)
                .forEach(position -> redis.remove(redis.keys().parked(partition), Bytes.of(position)));
    }

    /**
     * What there is of a player: {@code value} one a board and period, {@code link} with other players, in either direction,
     * {@code ban} of one board or of all, {@code late} and {@code parked} places of events. Kinds without any are left out. That
     * no list has them either, {@link #scan} tells.
     */
    public Map<String, Long> held(int game, Pseudonym player) {
        UUID id = player.value();
        byte[] field = Bytes.of(id);
        Map<String, Long> held = new TreeMap<>();
        for (String boardId : new GameRegistry(redis, game).config().boards()) {
            Keys.Board board = new Keys.Board(game, boardId);
            for (byte[] period : redis.fields(redis.keys().changed(board))) {
                held.merge("value", has(redis.keys().state(board, Bytes.text(period)), field), Long::sum);
            }
            held.merge("late", has(redis.keys().meta(board), Keys.late(id)), Long::sum);
        }
        held.merge("link", (long) linksOf(game, id).size(), Long::sum);
        held.merge("ban", (long) bansOf(game, id).size(), Long::sum);
        for (int partition : Readiness.partitions(redis)) {
            held.merge("parked", (long) parkedOf(partition, id).size(), Long::sum);
        }
        held.values().removeIf(count -> count == 0);
        return held;
    }

    private long has(byte[] hash, byte[] field) {
        return redis.get(hash, List.of(field)).getFirst() == null ? 0 : 1;
    }

    private List<byte[]> linksOf(int game, UUID player) {
        List<byte[]> links = new ArrayList<>();
        redis.onConnection(
                connection -> AllKeys.forEachEntry(connection, redis.keys().links(game), (linked, person) -> {
                    if (Bytes.uuid(linked).equals(player) || Bytes.uuid(person).equals(player)) {
                        links.add(linked);
                    }
                }));
        return links;
    }

    private List<byte[]> bansOf(int game, UUID player) {
        return redis.fields(redis.keys().bans(game)).stream()
                .filter(ban -> Bytes.uuid(ban).equals(player))
                .toList();
    }

    private List<String> parkedOf(int partition, UUID player) {
        return redis.all(redis.keys().parked(partition)).entrySet().stream()
                .filter(event -> event.getValue().startsWith(player + "|"))
                .map(Map.Entry::getKey)
                .toList();
    }

    private void purge(Keys.Board board, Position at, byte[] player) {
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            List<byte[]> keys = new ArrayList<>(redis.keys().ofScripts(board));
            List<byte[]> arguments = new ArrayList<>();
            arguments.add(player);
            arguments.add(redis.keys().changes(board.game()));
            arguments.add(Bytes.of(new ChangeNotice(board.id(), at).text()));
            for (byte[] period : redis.fields(redis.keys().changed(board))) {
                keys.add(redis.keys().rank(board, Bytes.text(period)));
                keys.add(redis.keys().state(board, Bytes.text(period)));
                arguments.add(period);
            }
            Long purged = redis.run(Scripts.PURGE, keys, arguments);
            if (purged != null && purged >= 0) {
                return;
            }
        }
        throw new LeaderboardsStoreException("board " + board.id() + " of game " + board.game()
                + " begins new periods faster than a player can be taken out");
    }

    /** Where any of these is, in the names and contents of all keys; without a hit empty. */
    public List<Hit> scan(Needles needles) {
        Map<String, Map<Integer, Long>> found = new TreeMap<>();
        redis.onConnection(
                connection -> AllKeys.forEach(connection, redis.keys().pattern(), key -> {
                    String place = needles.hidden(URLDecoder.decode(Bytes.text(key), StandardCharsets.UTF_8));
                    Consumer<byte[]> look = bytes -> needles.in(bytes).stream()
                            .forEach(needle -> found.computeIfAbsent(place, any -> new TreeMap<>())
                                    .merge(needle, 1L, Long::sum));
                    look.accept(Bytes.of(URLDecoder.decode(Bytes.text(key), StandardCharsets.UTF_8)));
                    AllKeys.forEachIn(connection, key, look);
                }));
        List<Hit> hits = new ArrayList<>();
        found.forEach((place, counts) -> counts.forEach(
                (needle, values) -> hits.add(new Hit(LeaderboardsWriter.PROJECTION, place, needle, values))));
        return hits;
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
