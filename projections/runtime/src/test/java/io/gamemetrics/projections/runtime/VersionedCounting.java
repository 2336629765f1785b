package io.gamemetrics.projections.runtime;

import io.gamemetrics.infrastructure.readstore.ModelSchema;
import io.gamemetrics.infrastructure.replays.ReplaysSchema;
import java.sql.SQLException;
import java.time.Clock;
import org.postgresql.ds.PGSimpleDataSource;

/** Versions of a counting projection, in schemas of their own beside the first one's. */
final class VersionedCounting implements VersionedProjection {

    private final LiveStream stream;
    private final PGSimpleDataSource database = new PGSimpleDataSource();

    VersionedCounting(LiveStream stream) {
        this.stream = stream;
        database.setUrl(stream.url());
        ReplaysSchema.migrate(database);
    }

    @Override
    public String name() {
        return "counting";
    }

    @Override
    public Open open(int number) {
        CountingStore store = store(number);
        return new Open(new CountingProjection(store), store::close);
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
        ReplayControl control = control(instance);
        ReplayDuties duties = new ReplayDuties(
                control, stream.store, LiveStream::isConfiguration, LiveStream.PARTITIONS, () -> freeBytes);
        return new ProjectionSupervisor(
                this,
                (projection, version) -> new ProjectionRunner(
                        projection,
                        stream.settings,
                        stream.store,
                        new TestCodec(),
                        LiveStream::isConfiguration,
                        RunnerSettings.defaults(),
                        version),
                control,
                stream.store,
                duties,
                LiveStream.PARTITIONS,
                Clock.systemUTC());
    }
}
