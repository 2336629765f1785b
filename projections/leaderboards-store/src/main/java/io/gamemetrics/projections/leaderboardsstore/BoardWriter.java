package io.gamemetrics.projections.leaderboardsstore;

import io.gamemetrics.sharedkernel.ids.Position;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes one partition's operations to one board, a script each for some of them. The board keeps by itself how far it has
 * come on each partition: what it has already is left out, whoever wrote it. Of a stream whose events were parked and come
 * late it keeps beside that how far it has come with them.
 */
final class BoardWriter {

    /** So much is done in one script: a few milliseconds, in which Redis answers nobody. */
    private static final int MAX_WEIGHT = 64;

    private static final byte[] RULE = Bytes.of("rule");
    private static final int MOST_TRIES = 100;

    private final Redis redis;
    private final Roots roots;
    private final Keys.Board board;
    private final BoardRule rule;
    private final List<Operation> seeds = new ArrayList<>();
    private final byte @Nullable [] late;
    private @Nullable String at;
    private @Nullable String lateAt;
    private @Nullable String lateTimes;

    /**
     * @param rule by what the board counts, where it is not made yet: it is made by whoever needs it first
     * @param released the stream all operations are of, when they were parked until now; absent otherwise
     */
    BoardWriter(Redis redis, Roots roots, Keys.Board board, BoardRule rule, @Nullable UUID released) {
        this.redis = redis;
        this.roots = roots;
        this.board = board;
        this.late = released == null ? null : Keys.late(released);
        List<byte[]> fields =
                new ArrayList<>(List.of(RULE, Roots.field(roots.partition()), Roots.releasedField(roots.partition())));
        if (late != null) {
            fields.add(late);
        }
        List<byte @Nullable []> meta = redis.get(redis.keys().meta(board), fields);
        at = Bytes.textOf(meta.get(1));
        lateTimes = Bytes.textOf(meta.get(2));
        lateAt = late == null ? null : Bytes.textOf(meta.get(3));
        roots.require(Roots.of(board), at, lateTimes);
        byte[] counted = meta.get(0);
        if (counted == null) {
            redis.putIfAbsent(redis.keys().meta(board), RULE, Bytes.of(rule.text()));
        }
        this.rule = counted == null ? rule : BoardRule.parse(Bytes.text(counted));
    }

    /** Notes that the partition has come to the board's definition. Bans that were said before it hold on it too. */
    void define(Position position, List<Operation.Ban> bans) {
        if (at == null) {
            at = position.toString();
            redis.putIfAbsent(redis.keys().meta(board), Roots.field(roots.partition()), Bytes.of(at));
        }
        seeds.addAll(bans);
    }

    /** @param links the persons of players who are linked, at least of those who score or are banned here */
    void write(List<Operation> operations, Map<UUID, UUID> links) {
        List<Operation> fresh =
                operations.stream().filter(operation -> !isApplied(operation)).toList();
        linkSeeds(fresh, links);
        List<Operation> all = new ArrayList<>(seeds);
        all.addAll(fresh);
        int from = 0;
        while (from < all.size()) {
            int periods = areScores(all.subList(from, all.size()))
                    ? 1
                    : Math.max(1, knownPeriods().size());
            int to = from;
            int weight = 0;
            while (to < all.size() && weight < MAX_WEIGHT) {
                weight += all.get(to) instanceof Operation.Score ? 1 : periods;
                to++;
            }
            apply(
                    all.subList(from, to),
                    to <= seeds.size() ? null : all.get(to - 1).position());
            from = to;
        }
    }

    /** Tells how far the board has come on the partition, where anything was written to it. */
    void reached(Reach reach) {
        if (at != null) {
            reach.add(Roots.of(board), Position.parse(at), late == null ? null : lateTimes);
        }
    }

    private boolean isApplied(Operation operation) {
        String mark = late == null ? at : lateAt;
        if (mark == null) {
            return false;
        }
        Position here = Position.parse(mark);
        if (here.incarnation() != operation.position().incarnation()) {
            throw new LeaderboardsStoreException("board " + board.id() + " of game " + board.game()
                    + " is of another life of the event store: the leaderboards must be emptied first");
        }
        return here.covers(operation.position());
    }

    private static boolean areScores(List<Operation> operations) {
        return operations.stream().allMatch(Operation.Score.class::isInstance);
    }

    /**
     * A board that was defined after a player was linked learns of it when the player first matters there: by a score, or by
     * a ban, which hides the person.
     */
    private void linkSeeds(List<Operation> fresh, Map<UUID, UUID> links) {
        List<UUID> linked = Stream.concat(seeds.stream(), fresh.stream())
                .filter(operation -> !(operation instanceof Operation.Link))
                .map(Operation::player)
                .filter(links::containsKey)
                .distinct()
                .toList();
        List<byte @Nullable []> known = redis.get(
                redis.keys().linked(board), linked.stream().map(Bytes::of).toList());
        for (int i = 0; i < linked.size(); i++) {
            UUID person = links.get(linked.get(i));
            if (known.get(i) == null && person != null) {
                seeds.add(new Operation.Link(linked.get(i), person, new Position(1, 0), Instant.EPOCH));
            }
        }
    }

    /** @param last where the last of them stands; absent when they are not events of this batch */
    private void apply(List<Operation> operations, @Nullable Position last) {
        ApplyCall.Marks marks =
                new ApplyCall.Marks(at, further(at, last), late, lateAt, late == null ? null : further(lateAt, last));
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            ApplyCall call = areScores(operations)
                    ? new ApplyCall(redis.keys(), board, rule)
                    : new ApplyCall(redis.keys(), board, rule, knownPeriods());
            operations.forEach(call::add);
            byte[] answer = redis.run(Scripts.APPLY, call.keys(), call.arguments(roots.partition(), marks));
            String[] words = (answer == null ? "" : Bytes.text(answer)).split("\\|", 2);
            switch (words[0]) {
                case "ok" -> {
                    at = marks.after();
                    lateAt = marks.lateAfter();
                    lateTimes = words.length > 1 ? words[1] : lateTimes;
                    return;
                }
                case "missing" -> throw new BoardLostException(Roots.of(board));
                case "moved" -> throw new BoardMovedException(board);
                case "periods" -> {
                    // Another partition has begun a period since; with it once more.
                }
                default ->
                    throw new LeaderboardsStoreException("board " + board.id() + " of game " + board.game()
                            + " is not as it was written: " + words[0]);
            }
        }
        throw new LeaderboardsStoreException("board " + board.id() + " of game " + board.game()
                + " begins new periods faster than it can be listed anew");
    }

    /** Whoever writes late events has everything before them in the board, so a mark never goes back. */
    private static @Nullable String further(@Nullable String mark, @Nullable Position last) {
        if (last == null) {
            return mark;
        }
        return mark == null || Position.parse(mark).number() < last.number() ? last.toString() : mark;
    }

    private Set<String> knownPeriods() {
        return redis.fields(redis.keys().changed(board)).stream()
                .map(Bytes::text)
                .collect(Collectors.toSet());
    }
}
