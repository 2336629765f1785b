package io.gamemetrics.projections.leaderboardsstore;

import io.gamemetrics.sharedkernel.ids.Pseudonym;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * What a version holds of a player, for themselves. Safe for concurrent use. Every method throws {@link
 * LeaderboardsStoreException} when Redis can't be asked.
 */
public final class LeaderboardsExport {

    /** What each table is, by its name. */
    public static final Map<String, String> TABLES = Map.of(
            "entry",
            "Where the player stands on each leaderboard in each period, with the score; without a rank where one is kept"
                    + " and the player is not listed, for example because of a ban.");

    private final Redis redis;
    private final LeaderboardsReader reader;

    /** @param version which of the read model's versions */
    public LeaderboardsExport(LeaderboardsRedis redis, int version) {
        this.redis = new Redis(redis, version);
        this.reader = new LeaderboardsReader(redis, () -> version);
    }

    /** @param rows is given a table's name and a row */
    public void run(int game, Pseudonym player, BiConsumer<String, Map<String, Object>> rows) {
        byte[] field = Bytes.of(player.value());
        for (String boardId : new GameRegistry(redis, game).config().boards()) {
            Keys.Board board = new Keys.Board(game, boardId);
            Leaderboard known = reader.board(game, boardId).orElse(null);
            BoardRule rule = known == null ? null : known.rule();
            for (byte[] name : redis.fields(redis.keys().changed(board))) {
                String period = Bytes.text(name);
                if (redis.get(redis.keys().state(board, period), List.of(field)).getFirst() == null) {
                    continue;
                }
                Map<String, Object> row = new LinkedHashMap<>();
                row.put("leaderboard", boardId);
                row.put("period", period);
                Optional<Entry> entry = rule == null
                        ? Optional.empty()
                        : reader.standing(game, boardId, rule, Period.parse(period), player, 1)
                                .flatMap(Standing::entry);
                entry.ifPresent(listed -> {
                    row.put("rank", listed.rank());
                    row.put("of", listed.total());
                    row.put("score", listed.score());
                    row.put("achieved_at", listed.achievedAt().toString());
                });
                rows.accept("entry", row);
            }
        }
    }
}
