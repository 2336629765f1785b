package io.gamemetrics.projections.leaderboardsstore;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Events that a game could have, drawn from a seed: few players, moments and scores, so that they meet all the time. */
record History(List<Happening> events, List<UUID> players) {

    static final List<Integer> GAMES = List.of(1, 12);
    static final List<String> BOARDS = List.of("score", "a b}{|:ü", "late", "sum", "wins");

    private static final Instant FIRST = Instant.parse("2026-02-26T20:00:00Z");
    private static final List<ZoneId> ZONES =
            List.of(ZoneId.of("UTC"), ZoneId.of("America/Los_Angeles"), ZoneId.of("Asia/Kathmandu"));
    private static final int PLAYERS = 40;
    private static final long MAX = (1L << 53) - 1;

    static Instant storedAt(long position) {
        return FIRST.plus(Duration.ofMinutes(position));
    }

    /** All periods in which anything was scored on a board, and one in which nothing was. */
    Set<Period> periods(int game, String board, BoardRule rule) {
        Set<Period> periods = new LinkedHashSet<>();
        periods.add(Period.parse("2024-02-29"));
        for (Happening event : events) {
            if (event instanceof Happening.Score score
                    && score.game() == game
                    && score.board().equals(board)) {
                periods.addAll(
                        Period.around(score.occurredAt().atZone(rule.zone()).toLocalDate()));
            }
        }
        return periods;
    }

    static History of(long seed, int length) {
        Random random = new Random(seed);
        List<UUID> players = new ArrayList<>();
        for (int i = 0; i < PLAYERS; i++) {
            players.add(new UUID(random.nextLong(), random.nextLong()));
        }
        List<Happening> events = new ArrayList<>();
        GAMES.forEach(game -> events.add(new Happening.Zone(game, any(random, ZONES))));
        Set<UUID> linked = new HashSet<>();
        Set<UUID> persons = new HashSet<>();
        while (events.size() < length) {
            // A player is one game's.
            int which = random.nextInt(PLAYERS);
            int game = GAMES.get(which % GAMES.size());
            UUID player = players.get(which);
            int kind = random.nextInt(1_000);
            if (kind < 15) {
                events.add(board(random, game));
            } else if (kind < 18) {
                events.add(new Happening.Zone(game, any(random, ZONES)));
            } else if (kind < 24) {
                UUID person = players.get((which + GAMES.size() * random.nextInt(PLAYERS)) % PLAYERS);
                if (!player.equals(person)
                        && !persons.contains(player)
                        && !linked.contains(person)
                        && linked.add(player)) {
                    persons.add(person);
                    events.add(new Happening.Link(game, player, person));
                }
            } else if (kind < 50) {
                @Nullable String board = random.nextInt(3) == 0 ? null : any(random, BOARDS);
                events.add(new Happening.Ban(game, player, board, random.nextBoolean()));
            } else {
                Instant occurredAt = FIRST.plus(Duration.ofHours(random.nextInt(24 * 40)));
                events.add(new Happening.Score(game, player, any(random, BOARDS), score(random), occurredAt));
            }
        }
        return new History(events, players);
    }

    /** Most often again as it is, so that a history has boards that need no replay. */
    private static Happening board(Random random, int game) {
        String id = any(random, BOARDS);
        Random rule = random.nextInt(4) == 0 ? random : new Random(id.hashCode());
        return new Happening.Board(
                game,
                id,
                id.equals("sum") ? BoardRule.Operator.SUM : any(rule, List.of(BoardRule.Operator.values())),
                any(rule, List.of(BoardRule.SortOrder.values())),
                any(rule, List.of(BoardRule.Reset.values())));
    }

    private static long score(Random random) {
        return switch (random.nextInt(12)) {
            case 0 -> MAX;
            case 1 -> -MAX;
            case 2 -> random.nextLong(-MAX, MAX);
            default -> random.nextInt(-5, 6);
        };
    }

    private static <T> T any(Random random, List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
