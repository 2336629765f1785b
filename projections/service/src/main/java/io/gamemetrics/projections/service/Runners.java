package io.gamemetrics.projections.service;

import io.gamemetrics.infrastructure.eventcatalog.EventCatalog;
import io.gamemetrics.infrastructure.eventstore.EventCodec;
import io.gamemetrics.infrastructure.eventstore.EventStore;
import io.gamemetrics.infrastructure.eventstream.StreamSettings;
import io.gamemetrics.projections.runtime.ModelVersion;
import io.gamemetrics.projections.runtime.Projection;
import io.gamemetrics.projections.runtime.ProjectionRunner;
import io.gamemetrics.projections.runtime.RunnerSettings;
import io.gamemetrics.projections.runtime.SharedStream;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes runners that follow this process's stream. */
public final class Runners {

    private final StreamSettings stream;
    private final EventStore store;
    private final Supplier<EventCodec> codecs;
    private final @Nullable SharedStream shared;

    /**
     * @param codecs one for each runner: those who share what they open are told apart by it
     * @param shared absent: each runner reads for itself
     */
    Runners(StreamSettings stream, EventStore store, Supplier<EventCodec> codecs, @Nullable SharedStream shared) {
        this.stream = stream;
        this.store = store;
        this.codecs = codecs;
        this.shared = shared;
    }

    /** A runner of this projection on one version of its read model; who asks starts and closes it. */
    public ProjectionRunner of(Projection projection, ModelVersion version) {
        return new ProjectionRunner(
                projection,
                stream,
                store,
                codecs.get(),
                EventCatalog.current()::isConfiguration,
                RunnerSettings.defaults(),
                version,
                shared);
    }
}
