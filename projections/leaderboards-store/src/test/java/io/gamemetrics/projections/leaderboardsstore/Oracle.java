package io.gamemetrics.projections.leaderboardsstore;

import io.gamemetrics.projections.leaderboardsstore.BoardRule.SortOrder;
import java.math.BigInteger;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A board counted anew from the whole history, by the definitions in loops. */
final class Oracle {

    private static final BigInteger MAX = BigInteger.valueOf((1L << 53) - 1);

    private final List<Happening> history;
    private final int game;
    private final String board;
    private final Map<UUID, UUID> persons = new HashMap<>();
    private final Map<UUID, Map<String, Boolean>> bans = new HashMap<>();

    Oracle(List<Happening> history, int game, String board) {
        this.history = history;
        this.game = game;
        this.board = board;
        for (Happening happening : history) {
            if (happening instanceof Happening.Link link) {
                persons.put(link.player(), link.person());
            }
        }
        for (Happening happening : history) {
            if (happening instanceof Happening.Ban ban
                    && (ban.board() == null || ban.board().equals(board))) {
                bans.computeIfAbsent(personOf(ban.player()), person -> new HashMap<>())
                        .put(ban.player() + "|" + ban.board(), ban.banned());
            }
        }
    }

    /** What is expected of an entry, in the list's order. */
    record Line(UUID person, long score, boolean saturated, Instant achievedAt) {

        static Line of(Entry entry) {
            return new Line(entry.player().value(), entry.score(), entry.saturated(), entry.achievedAt());
        }
    }

    private record Counted(BigInteger score, Instant at, int position) {}

    @Nullable
    BoardRule rule() {
        ZoneId zone = null;
        for (Happening happening : history) {
            if (happening instanceof Happening.Zone set && set.game() == game) {
                zone = set.zone();
            } else if (happening instanceof Happening.Board defined && isHere(defined) && zone != null) {
                return new BoardRule(defined.operator(), defined.order(), defined.reset(), zone);
            }
        }
        return null;
    }

    boolean needsReplay() {
        BoardRule latest = rule();
        for (Happening happening : history) {
            if (latest != null && happening instanceof Happening.Board defined && isHere(defined)) {
                latest = new BoardRule(defined.operator(), defined.order(), defined.reset(), latest.zone());
            }
        }
        for (Happening happening : history) {
            if (latest != null && happening instanceof Happening.Zone set && set.game() == game) {
                latest = new BoardRule(latest.operator(), latest.order(), latest.reset(), set.zone());
            }
        }
        return latest != null && !latest.equals(rule());
    }

    List<Line> list(Period period) {
        BoardRule rule = rule();
        if (rule == null) {
            return List.of();
        }
        Map<UUID, List<Counted>> scores = new HashMap<>();
        boolean isDefined = false;
        for (int i = 0; i < history.size(); i++) {
            isDefined |= history.get(i) instanceof Happening.Board defined && isHere(defined);
            if (isDefined
                    && history.get(i) instanceof Happening.Score score
                    && score.game() == game
                    && score.board().equals(board)
                    && isIn(period, score.occurredAt(), rule.zone())) {
                scores.computeIfAbsent(personOf(score.player()), person -> new ArrayList<>())
                        .add(new Counted(BigInteger.valueOf(score.score()), score.occurredAt(), i));
            }
        }
        record Placed(UUID person, Counted counted) {}
        Comparator<Placed> byScore =
                Comparator.comparing(placed -> clamped(placed.counted().score()));
        return scores.entrySet().stream()
                .filter(entry -> !isBanned(entry.getKey()))
                .map(entry -> new Placed(entry.getKey(), folded(entry.getValue(), rule)))
                .sorted((rule.order() == SortOrder.DESC ? byScore.reversed() : byScore)
                        .thenComparing(placed -> placed.counted().at())
                        .thenComparing(placed -> placed.counted().position()))
                .map(placed -> new Line(
                        placed.person(),
                        placed.counted().score().min(MAX).max(MAX.negate()).longValueExact(),
                        placed.counted().score().abs().compareTo(MAX) > 0,
                        placed.counted().at()))
                .toList();
    }

    /** All that is past the bound is one score, ahead of the bound itself. */
    private static BigInteger clamped(BigInteger score) {
        BigInteger past = MAX.add(BigInteger.ONE);
        return score.min(past).max(past.negate());
    }

    private static Counted folded(List<Counted> scores, BoardRule rule) {
        Comparator<Counted> byTime = Comparator.comparing(Counted::at).thenComparing(Counted::position);
        Counted last = scores.stream().max(byTime).orElseThrow();
        return switch (rule.operator()) {
            case LATEST -> last;
            case COUNT -> new Counted(BigInteger.valueOf(scores.size()), last.at(), last.position());
            case SUM ->
                new Counted(
                        scores.stream().map(Counted::score).reduce(BigInteger.ZERO, BigInteger::add),
                        last.at(),
                        last.position());
            case BEST -> {
                Comparator<Counted> lowest = Comparator.comparing(Counted::score);
                Comparator<Counted> best = rule.order() == SortOrder.DESC ? lowest.reversed() : lowest;
                yield scores.stream().min(best.thenComparing(byTime)).orElseThrow();
            }
        };
    }

    UUID personOf(UUID player) {
        return persons.getOrDefault(player, player);
    }

    private boolean isBanned(UUID person) {
        return bans.getOrDefault(person, Map.of()).containsValue(true);
    }

    private boolean isHere(Happening.Board defined) {
        return defined.game() == game && defined.id().equals(board);
    }

    private static boolean isIn(Period period, Instant occurredAt, ZoneId zone) {
        return Period.of(period.kind(), occurredAt.atZone(zone).toLocalDate()).equals(period);
    }
}
