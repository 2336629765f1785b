package io.gamemetrics.projections.runtime;

import io.gamemetrics.infrastructure.eventstore.EventStore;
import io.gamemetrics.infrastructure.eventstore.StoredEvent;
import io.gamemetrics.infrastructure.eventstream.StreamStoppedException;
import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings one projection forward on one partition, for as long as this instance has it, on a thread of its own. */
final class PartitionWorker {

    private static final Logger LOG = LoggerFactory.getLogger(PartitionWorker.class);
    private static final long FIRST_BACKOFF_MILLIS = 100;
    private static final long LONGEST_BACKOFF_MILLIS = 5_000;
    private static final long HELD_MILLIS = 20;
    private static final long PAUSED_LOOK_MILLIS = 200;

    private final Projection projection;
    private final int partition;
    private final EventStore store;
    private final StoreRange range;
    private final CatchUp catchUp;
    private final EventReader events;
    private final Ceiling ceiling;
    private final RunnerSettings settings;
    private final Quarantine quarantine;
    private final Inbox inbox;
    private final Thread thread;
    private volatile PartitionStatus.State state = PartitionStatus.State.STARTING;
    private volatile @Nullable String problem;
    private volatile @Nullable BatchApplier applier;
    private volatile Instant asOf = Instant.EPOCH;
    private final AtomicLong rangesFromStore = new AtomicLong();
    private final FlushPace pace = new FlushPace();

    PartitionWorker(
            Projection projection,
            int partition,
            EventStore store,
            StoreRange range,
            CatchUp catchUp,
            EventReader events,
            Quarantine quarantine,
            Ceiling ceiling,
            RunnerSettings settings) {
        this.projection = projection;
        this.partition = partition;
        this.store = store;
        this.range = range;
        this.catchUp = catchUp;
        this.events = events;
        this.ceiling = ceiling;
        this.settings = settings;
        this.quarantine = quarantine;
        this.inbox = new Inbox(2 * settings.flushEvents());
        this.thread = Thread.ofPlatform()
                .name(projection.name() + "-" + partition)
                .daemon(true)
                .unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    Quarantine quarantine() {
        return quarantine;
    }

    Inbox inbox() {
        return inbox;
    }

    /** Tells it to end after the flush at hand. */
    void close() {
        inbox.close();
    }

    /** Waits until it has ended, not for ever: a flush that comes too late is refused by the checkpoint. */
    void join(Duration most) {
        try {
            thread.join(most);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    PartitionStatus status() {
        BatchApplier here = applier;
        // Read once: it moves meanwhile, and position, count and checksum belong together.
        Checkpoint at = here == null ? null : here.current();
        Instant upTo = at == null || asOf.isAfter(at.asOf()) ? asOf : at.asOf();
        return new PartitionStatus(
                partition,
                state,
                at == null ? null : at.position(),
                upTo.equals(Instant.EPOCH) ? null : upTo,
                quarantine.held().size(),
                at == null ? 0 : at.handledCount(),
                at == null ? 0 : at.handledChecksum(),
                here == null ? 0 : here.erasedCount(),
                rangesFromStore.get(),
                problem);
    }

    private void run() {
        long backoff = FIRST_BACKOFF_MILLIS;
        Position failedAt = null;
        while (!inbox.isClosed()) {
            try {
                follow();
            } catch (InterruptedException e) {
                break;
            } catch (StreamStoppedException e) {
                LOG.error("{}", e.getMessage());
                become(PartitionStatus.State.PAUSED, e.getMessage());
                return;
            } catch (Throwable e) {
                // Also an Error: the thread is all this partition has, and what it wrote is whole either way.
                Position here = status().position();
                boolean moved = !Objects.equals(here, failedAt);
                backoff = moved ? FIRST_BACKOFF_MILLIS : Math.min(2 * backoff, LONGEST_BACKOFF_MILLIS);
                failedAt = here;
                waitOut(e, backoff);
            }
        }
        become(PartitionStatus.State.ENDED, null);
    }

    private void waitOut(Throwable failure, long millis) {
        LOG.warn(
                "{}: partition {} begins again from its checkpoint in {} ms: {}",
                projection.name(),
                partition,
                millis,
                failure.getClass().getName(),
                failure instanceof CheckpointMovedException ? null : failure);
        become(
                PartitionStatus.State.STARTING,
                "Projection " + projection.name() + " waits on partition " + partition + " after "
                        + failure.getClass().getSimpleName() + ".");
        try {
            inbox.pause(millis);
        } catch (InterruptedException e) {
            inbox.close();
        }
    }

    private void follow() throws InterruptedException {
        Checkpoint saved = projection.checkpoint(partition);
        Position head = store.position();
        Checkpoint from = saved != null ? saved : beginning(head);
        if (from.position().incarnation() != head.incarnation()
                || from.position().number() > head.number()) {
            throw StreamStoppedException.otherStore("Projection " + projection.name(), from.position(), head);
        }
        quarantine.load();
        BatchApplier here =
                new BatchApplier(projection, partition, events, quarantine, settings.mostQuarantined(), saved, from);
        applier = here;
        try {
            follow(here, from, head);
        } catch (PartitionPausedException e) {
            LOG.error("{}", e.getMessage());
            become(PartitionStatus.State.PAUSED, e.getMessage());
            awaitRelease(here);
        }
    }

    /** A partition that is paused goes on when streams were released: it may have been too many that waited. */
    private void awaitRelease(BatchApplier here) throws InterruptedException {
        while (!inbox.isClosed() && !here.attend()) {
            inbox.pause(PAUSED_LOOK_MILLIS);
        }
    }

    private void follow(BatchApplier here, Checkpoint from, Position head) throws InterruptedException {
        if (catchUp.isNeeded(from, head)) {
            become(PartitionStatus.State.BUILDING, null);
            catchUp.run(partition, here, inbox);
        }
        asOf = here.current().asOf();
        SegmentReader reader =
                new SegmentReader(projection.name(), here.current().position());
        inbox.want(here.current().nextOffset());
        become(PartitionStatus.State.RUNNING, null);
        while (!inbox.isClosed() && ceiling.of(partition, here.current().position()) == null) {
            long wait = quarantine.isBusy() ? 0 : settings.heartbeat().toMillis();
            handle(inbox.take(settings.flushEvents(), wait), reader, here);
            here.attend();
            inbox.gather(FlushPace.ENOUGH_EVENTS, pace.takeRest());
        }
        // What Kafka gave meanwhile is read again afterwards, from the checkpoint on.
        waitAtCeiling(here);
    }

    /** Goes exactly as far as it may, and waits there. */
    private void waitAtCeiling(BatchApplier here) throws InterruptedException {
        Position most = ceiling.of(partition, here.current().position());
        while (most != null && !inbox.isClosed()) {
            Checkpoint at = here.current();
            if (at.position().number() < most.number()) {
                StoreRange.Page page = range.read(at.position(), most);
                here.apply(page.events(), page.position(), at.asOf(), at.nextOffset());
            } else {
                here.attend();
                inbox.pause(HELD_MILLIS);
            }
            most = ceiling.of(partition, here.current().position());
        }
    }

    private void handle(List<StreamRecord> records, SegmentReader reader, BatchApplier here) {
        List<StoredEvent> fresh = new ArrayList<>();
        Segment last = null;
        for (StreamRecord message : records) {
            Optional<Segment> ended = reader.accept(message);
            if (ended.isEmpty()) {
                continue;
            }
            Segment segment = ended.get();
            List<StoredEvent> proved = segment.events();
            if (proved != null) {
                fresh.addAll(proved);
                last = segment;
            } else {
                flush(fresh, last, here);
                fresh = new ArrayList<>();
                last = null;
                readFromStore(segment, here);
            }
        }
        flush(fresh, last, here);
    }

    private void flush(List<StoredEvent> fresh, @Nullable Segment last, BatchApplier here) {
        if (last == null) {
            return;
        }
        Instant upTo = last.asOf().isAfter(asOf) ? last.asOf() : asOf;
        if (!fresh.isEmpty() || isDue(last.position().equals(here.current().position()))) {
            long begun = System.nanoTime();
            here.apply(fresh, last.position(), upTo, last.nextOffset());
            pace.flushed(begun, fresh.size());
        }
        asOf = upTo;
    }

    /** Whether a checkpoint without events is worth a transaction yet. */
    private boolean isDue(boolean standsStill) {
        Duration every = standsStill ? settings.heartbeat() : settings.quietFlushEvery();
        return pace.isDue(every);
    }

    private void readFromStore(Segment segment, BatchApplier here) {
        LOG.warn(
                "{}: Kafka does not have all of partition {} from position {} to {}; reading it from the event store",
                projection.name(),
                partition,
                here.current().position(),
                segment.position());
        rangesFromStore.incrementAndGet();
        while (here.current().position().number() < segment.position().number() && !inbox.isClosed()) {
            Checkpoint at = here.current();
            StoreRange.Page page = range.read(at.position(), segment.position());
            boolean ends = page.position().equals(segment.position());
            here.apply(
                    page.events(),
                    page.position(),
                    ends ? segment.asOf() : at.asOf(),
                    ends ? segment.nextOffset() : at.nextOffset());
        }
        pace.flushed(System.nanoTime(), 0);
        asOf = here.current().asOf();
    }

    private static Checkpoint beginning(Position head) {
        return new Checkpoint(new Position(head.incarnation(), 0), Instant.EPOCH, Inbox.BEGINNING, 0, 0);
    }

    private void become(PartitionStatus.State next, @Nullable String why) {
        state = next;
        problem = why;
    }
}
