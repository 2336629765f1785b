package io.gamemetrics.projections.runtime;

import io.gamemetrics.infrastructure.eventstore.EventCodec;
import io.gamemetrics.infrastructure.readstore.Contents;
import io.gamemetrics.infrastructure.readstore.LeftOut;
import io.gamemetrics.infrastructure.readstore.ModelSchema;
import io.gamemetrics.infrastructure.replays.ReplaysSchema;
import io.gamemetrics.sharedkernel.ids.Position;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;

/** Versions of a counting projection, in schemas of their own beside the first one's. */
class VersionedCounting implements VersionedProjection {

    private final LiveStream stream;
    private final DataSource database;
    private final List<Integer> handlers;

    /** Whether its contents are of one moment, as a transaction's are, or of now, as those of Redis. */
    volatile boolean isOfOneMoment = true;

    /** Whether the next taking over meets trouble that passes. */
    final AtomicBoolean failsOnce = new AtomicBoolean();

    /** Whether taking over lasts until it is broken off, and whether it was begun and was. */
    volatile boolean takesForEver;

    final CountDownLatch begun = new CountDownLatch(1);
    final CountDownLatch brokenOff = new CountDownLatch(1);

    VersionedCounting(LiveStream stream) {
        this(stream, List.of(1));
    }

    /** @param handlers those a build carries: 1 counts each event once, 2 twice */
    VersionedCounting(LiveStream stream, List<Integer> handlers) {
        this.stream = stream;
        this.handlers = handlers;
        this.database = stream.database();
        ReplaysSchema.migrate(database);
    }

    @Override
    public String name() {
        return "counting";
    }

    @Override
    public List<Integer> handlers() {
        return handlers;
    }

    @Override
    public Open open(int number) {
        return open(number, 1);
    }

    @Override
    public Open open(int number, int with) {
        CountingStore store = store(number);
        return new Open(with == 1 ? new CountingProjection(store) : new CountingTwice(store), store::close);
    }

    @Override
    public Map<Integer, Position> takeOver(int number, int from, LeftOut leftOut) throws SQLException {
        if (failsOnce.getAndSet(false)) {
            throw new SQLTransientConnectionException("the server is restarted");
        }
        if (takesForEver) {
            takeForEver();
        }
        try (CountingStore here = store(number)) {
            return CountingContents.takeOver(database, here, from, leftOut);
        }
    }

    private void takeForEver() throws SQLException {
        begun.countDown();
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            brokenOff.countDown();
            Thread.currentThread().interrupt();
            throw new SQLException("broken off", "57014", e);
        }
    }

    @Override
    public Contents contents(int number, Set<Integer> types) {
        return new CountingContents(database, number, isOfOneMoment);
    }

    @Override
    public void drop(int number) throws SQLException {
        new ModelSchema(database, "counting", number).drop();
    }

    CountingStore store(int number) {
        return new CountingStore(stream.url(), number);
    }

    /** As a process of this name has it. */
    ReplayControl control(String instance) {
        return ReplayControl.on(database, instance);
    }

    /** One instance. */
    ProjectionSupervisor supervise(String instance, long freeBytes) {
        return supervise(instance, freeBytes, new TestCodec());
    }

    /** One instance of a build that reads events this way. */
    ProjectionSupervisor supervise(String instance, long freeBytes, EventCodec codec) {
        ReplayControl control = control(instance);
        ReplayDuties duties = new ReplayDuties(
                control, stream.store, LiveStream::isConfiguration, LiveStream.PARTITIONS, () -> freeBytes);
        return new ProjectionSupervisor(
                this,
                (projection, version) -> new ProjectionRunner(
                        projection,
                        stream.settings,
                        stream.store,
                        codec,
                        LiveStream::isConfiguration,
                        RunnerSettings.defaults(),
                        version),
                control,
                stream.store,
                duties,
                LiveStream.PARTITIONS,
                LiveStream::isConfiguration,
                Clock.systemUTC());
    }
}
