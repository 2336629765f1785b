package io.gamemetrics.projections.runtime;

import io.gamemetrics.infrastructure.replays.QuarantineOrder.Kind;
import io.gamemetrics.infrastructure.replays.QuarantineOrders;
import io.gamemetrics.infrastructure.replays.WaitingStream;
import io.gamemetrics.sharedkernel.ids.ParkedEvent;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Carries between operators' tables and the partitions of this process: what waits, what is ordered, what came of it. The
 * partitions never wait for those tables. Used by the supervisor's thread.
 */
final class QuarantineDuties {

    /** So many orders are handed out at a time; the next ones when these are done. */
    private static final int MOST_ORDERS = 1_000;

    /** How often it is told again what did not change: another instance may have told something older meanwhile. */
    private static final long TELL_NANOS = 30_000_000_000L;

    private final String projection;
    private final ReplayControl control;
    private final Map<Quarantine, Told> told = new HashMap<>();

    QuarantineDuties(String projection, ReplayControl control) {
        this.projection = projection;
        this.control = control;
    }

    private record Told(List<HeldStream> streams, long atNanos) {}

    /** @param running the versions of this process, by number */
    void attend(Map<Integer, RunningVersion> running) {
        Map<Quarantine, Told> before = Map.copyOf(told);
        told.clear();
        running.forEach((version, here) -> {
            Map<Integer, Quarantine> partitions = here.quarantine();
            partitions.values().forEach(this::settle);
            order(version, partitions);
            partitions.forEach((partition, quarantine) -> tell(version, partition, quarantine, before.get(quarantine)));
        });
    }

    private void settle(Quarantine quarantine) {
        quarantine.done().forEach((release, released) -> {
            ParkedEvent stopped = released.stopped();
            control.quarantineOrders()
                    .done(
                            release.target(),
                            new QuarantineOrders.Outcome(
                                    released.applied(),
                                    released.skipped(),
                                    stopped == null ? null : stopped.position(),
                                    stopped == null ? null : stopped.cause()));
            quarantine.settle(release);
        });
    }

    private void order(int version, Map<Integer, Quarantine> partitions) {
        if (partitions.isEmpty()) {
            return;
        }
        for (QuarantineOrders.Open open :
                control.quarantineOrders().open(projection, version, partitions.keySet(), MOST_ORDERS)) {
            Quarantine here = partitions.get(open.partition());
            if (here != null) {
                here.want(new Release(
                        open.target(),
                        open.order(),
                        open.partition(),
                        open.stream(),
                        open.kind() == Kind.SKIP ? open.position() : null));
            }
        }
    }

    private void tell(int version, int partition, Quarantine quarantine, @Nullable Told before) {
        if (!quarantine.isKnown()) {
            return;
        }
        List<HeldStream> held = quarantine.held();
        if (before != null && before.streams.equals(held) && System.nanoTime() - before.atNanos < TELL_NANOS) {
            told.put(quarantine, before);
            return;
        }
        control.quarantines()
                .tell(
                        projection,
                        version,
                        partition,
                        held.stream().map(here -> row(version, partition, here)).toList());
        told.put(quarantine, new Told(held, System.nanoTime()));
    }

    private WaitingStream row(int version, int partition, HeldStream held) {
        ParkedEvent first = held.stream().first();
        return new WaitingStream(
                0,
                projection,
                version,
                partition,
                first.stream(),
                held.tenant(),
                first.position(),
                first.sequence(),
                held.type(),
                held.revision(),
                first.cause(),
                held.stream().events(),
                Instant.EPOCH);
    }
}
