package io.gamemetrics.projections.service;

import io.gamemetrics.infrastructure.eventcatalog.EventCatalog;
import io.gamemetrics.infrastructure.eventcatalog.EventType;
import io.gamemetrics.infrastructure.eventstore.EventStore;
import io.gamemetrics.projections.runtime.ProjectionSupervisor;
import io.gamemetrics.projections.runtime.ReplayControl;
import io.gamemetrics.projections.runtime.ReplayDuties;
import io.gamemetrics.projections.runtime.VersionedProjection;
import io.gamemetrics.sharedkernel.erasure.ErasureEvent.ErasedContribution;
import io.gamemetrics.sharedkernel.player.PlayerEvent.LinkedToPlayer;
import java.time.Clock;
import java.util.function.LongSupplier;

/** Makes supervisors of projections that can be rebuilt beside the live version. */
public final class Supervisors {

    private final Runners runners;
    private final ReplayControl control;
    private final EventStore store;
    private final int partitions;
    private final ReplayDuties duties;

    Supervisors(Runners runners, ReplayControl control, EventStore store, int partitions, LongSupplier freeBytes) {
        this.runners = runners;
        this.control = control;
        this.store = store;
        this.partitions = partitions;
        this.duties = new ReplayDuties(control, store, EventCatalog.current()::isConfiguration, partitions, freeBytes);
    }

    /** A supervisor of this projection; who asks starts and closes it. */
    public ProjectionSupervisor of(VersionedProjection projection) {
        return new ProjectionSupervisor(
                projection, runners::of, control, store, duties, partitions, Supervisors::isAlways, Clock.systemUTC());
    }

    /** Which games there are, who is who, and who was erased. */
    private static boolean isAlways(int type) {
        EventCatalog catalog = EventCatalog.current();
        return catalog.isConfiguration(type)
                || catalog.byNumber(type).map(EventType::outlivesItsPerson).orElse(false)
                || type == catalog.of(ErasedContribution.class).number()
                || type == catalog.of(LinkedToPlayer.class).number();
    }
}
