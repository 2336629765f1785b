package io.gamemetrics.projections.leaderboardsstore;

import io.gamemetrics.infrastructure.readstore.PartitionCheckpoints;
import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.ParkedEvent;
import io.gamemetrics.sharedkernel.ids.QuarantinedStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the boards. Safe for concurrent use, a thread a partition; a batch is not.
 *
 * <p>A batch is not one transaction: boards lie on different nodes. Each board takes its part of a batch whole and notes
 * how far it has come; the partition's checkpoint moves last. After a crash in between, the boards leave out what they
 * have. Every method throws {@link LeaderboardsStoreException} when Redis can't be asked.
 */
public final class LeaderboardsWriter implements PartitionCheckpoints {

    /** The name of the projection whose checkpoints are kept here. */
    public static final String PROJECTION = "leaderboards";

    /** How often a quiet partition looks whether all boards are still there. */
    private static final long LOOK_NANOS = 30_000_000_000L;

    private final Redis redis;
    private final Clock clock;
    private final BoardRules rules;
    private final Recount recount;
    private final Set<Integer> ready = ConcurrentHashMap.newKeySet();
    private final Map<Integer, Long> lookedAtNanos = new ConcurrentHashMap<>();

    /** Writes version 1. */
    public LeaderboardsWriter(LeaderboardsRedis redis, int partitions, Clock clock) {
        this(redis, 1, partitions, clock);
    }

    /**
     * @param version which of the read model's versions is written
     * @param partitions of the stream; readers are shown nothing before all are counted
     * @param clock says when counting a partition began
     */
    public LeaderboardsWriter(LeaderboardsRedis redis, int version, int partitions, Clock clock) {
        this(redis, version, partitions, clock, BoardRules.NONE);
    }

    /** @param rules the version was begun with; the same whenever it is written */
    public LeaderboardsWriter(LeaderboardsRedis redis, int version, int partitions, Clock clock, BoardRules rules) {
        this(redis, version, partitions, clock, rules, () -> true);
    }

    /**
     * @param takesAnew whether a partition that is begun anew is given all its events: not while games are left out that were
     *     taken over from another version. Asked whenever one is; once true it stays so
     */
    public LeaderboardsWriter(
            LeaderboardsRedis redis,
            int version,
            int partitions,
            Clock clock,
            BoardRules rules,
            BooleanSupplier takesAnew) {
        this(new Redis(redis, version), partitions, clock, rules, takesAnew);
    }

    LeaderboardsWriter(Redis redis, int partitions, Clock clock) {
        this(redis, partitions, clock, BoardRules.NONE, () -> true);
    }

    private LeaderboardsWriter(Redis redis, int partitions, Clock clock, BoardRules rules, BooleanSupplier takesAnew) {
        this.rules = rules;
        this.recount = new Recount(redis, partitions, takesAnew);
        this.redis = redis;
        this.clock = clock;
    }

    /**
     * The partition's checkpoint. Absent before its first batch, and when Redis has lost a board or part of one since: then
     * it has to be counted from the beginning, where boards leave out what they have.
     *
     * @throws LeaderboardsStoreException when Redis can't be asked, or has lost what can't be counted so
     */
    @Override
    public @Nullable Checkpoint checkpoint(int partition) {
        ready.remove(partition);
        lookedAtNanos.put(partition, System.nanoTime());
        Roots roots = Roots.read(redis, partition);
        Checkpoint checkpoint = CheckpointText.parse(roots.checkpoint());
        if (checkpoint != null && roots.areIn(redis) && recount.hasWhatWasTakenOver()) {
            return checkpoint;
        }
        recount.begin(roots, clock.instant());
        return null;
    }

    @Override
    public List<QuarantinedStream> quarantined(int partition) {
        return QuarantinedStream.of(ParkedText.all(redis, partition));
    }

    @Override
    public List<ParkedEvent> parked(int partition, UUID stream, int most) {
        return ParkedText.all(redis, partition).stream()
                .filter(event -> event.stream().equals(stream))
                .sorted(Comparator.comparingLong(event -> event.position().number()))
                .limit(most)
                .toList();
    }

    /** Begins an empty batch. */
    public LeaderboardsBatch begin() {
        return new LeaderboardsBatch();
    }

    /** {@link #commit(LeaderboardsBatch, int, Checkpoint, Checkpoint, Collection, Collection)} without released events. */
    public boolean commit(
            LeaderboardsBatch batch,
            int partition,
            @Nullable Checkpoint expected,
            Checkpoint next,
            Collection<ParkedEvent> parked) {
        return commit(batch, partition, expected, next, parked, List.of());
    }

    /**
     * Writes a batch, its parked events and the checkpoint, and takes away the places of those that were parked and are
     * applied, or passed over, now.
     *
     * @param expected the checkpoint the batch began from; absent for the first
     * @param released of one stream; the batch then holds events of that stream alone, and each board remembers how far it
     *     has come with them, because they are older than what it has
     * @return false when another instance has moved it, or released one of these, or Redis has lost something: the partition
     *     must be begun again. In the first two cases nothing was written that would not have been written anyway
     */
    public boolean commit(
            LeaderboardsBatch batch,
            int partition,
            @Nullable Checkpoint expected,
            Checkpoint next,
            Collection<ParkedEvent> parked,
            Collection<ParkedEvent> released) {
        Roots roots = Roots.read(redis, partition);
        String before = CheckpointText.of(expected);
        if (!before.equals(roots.checkpoint() == null ? "" : roots.checkpoint())
                || !ParkedText.areThere(redis, partition, released)) {
            return false;
        }
        UUID stream = released.stream().map(ParkedEvent::stream).findFirst().orElse(null);
        Reach reach = new Reach();
        try {
            look(roots);
            batch.games().forEach((game, changes) -> new GameWriter(redis, roots, game, changes, stream, rules)
                    .write(reach));
            // Before the checkpoint, as all that is written: again it finds nothing.
            LeaderboardsCleaner cleaner = new LeaderboardsCleaner(redis);
            batch.erased().forEach((player, where) -> cleaner.purge(where, partition, player));
        } catch (BoardLostException e) {
            redis.delete(redis.keys().checkpoint(partition));
            return false;
        } catch (BoardMovedException e) {
            return false;
        }
        roots.keepFurther(reach.positions());
        if (!move(partition, before, next, reach, parked, released)) {
            return false;
        }
        if (!ready.contains(partition) && Readiness.reach(redis, partition, next.asOf())) {
            ready.add(partition);
        }
        return true;
    }

    private void look(Roots roots) {
        long now = System.nanoTime();
        Long last = lookedAtNanos.get(roots.partition());
        if (last == null || now - last < LOOK_NANOS) {
            return;
        }
        lookedAtNanos.put(roots.partition(), now);
        if (!roots.areIn(redis) || !recount.hasWhatWasTakenOver()) {
            throw new BoardLostException("some board");
        }
    }

    private boolean move(
            int partition,
            String before,
            Checkpoint next,
            Reach reach,
            Collection<ParkedEvent> parked,
            Collection<ParkedEvent> released) {
        List<byte[]> arguments = new ArrayList<>();
        arguments.add(Bytes.of(before));
        arguments.add(Bytes.of(CheckpointText.of(next)));
        arguments.add(Bytes.of(reach.positions().size()));
        reach.positions().forEach((root, position) -> {
            arguments.add(Bytes.of(root));
            arguments.add(Bytes.of(position.toString()));
        });
        arguments.add(Bytes.of(reach.released().size()));
        reach.released().forEach((root, times) -> {
            arguments.add(Bytes.of(root));
            arguments.add(Bytes.of(times));
        });
        arguments.add(Bytes.of(released.size()));
        released.forEach(event -> arguments.add(ParkedText.field(event)));
        for (ParkedEvent event : parked) {
            arguments.add(ParkedText.field(event));
            arguments.add(ParkedText.of(event));
        }
        Long moved = redis.run(
                Scripts.CHECKPOINT,
                List.of(
                        redis.keys().checkpoint(partition),
                        redis.keys().parked(partition),
                        redis.keys().released(partition)),
                arguments);
        return moved != null && moved == 1;
    }
}
