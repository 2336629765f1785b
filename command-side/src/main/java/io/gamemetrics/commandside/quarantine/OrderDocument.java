package io.gamemetrics.commandside.quarantine;

import io.gamemetrics.infrastructure.replays.QuarantineOrder;
import io.gamemetrics.infrastructure.replays.QuarantineOrder.State;
import io.gamemetrics.infrastructure.replays.QuarantineOrder.Target;
import io.gamemetrics.sharedkernel.ids.Position;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An order as operators see it.
 *
 * @param state OPEN while anything is left to be done; STOPPED when some stream still waits; else DONE
 * @param applied events that wait no more because of it
 * @param skipped events passed over
 * @param outcomes what came of it, of the first {@value #MOST_OUTCOMES}
 */
record OrderDocument(
        String orderId,
        String projection,
        String kind,
        @Nullable String stream,
        @Nullable String cause,
        String actor,
        @Nullable String reason,
        Instant orderedAt,
        String state,
        long streams,
        long open,
        long released,
        long stopped,
        long gone,
        long applied,
        long skipped,
        List<Outcome> outcomes) {

    static final int MOST_OUTCOMES = 100;

    /** What came of it on one partition of a version. */
    record Outcome(
            int version,
            int partition,
            @Nullable String stream,
            String position,
            String cause,
            String state,
            long applied,
            int skipped,
            @Nullable String stoppedAt,
            @Nullable String stoppedCause,
            @Nullable Instant doneAt) {

        static Outcome of(Target target) {
            return new Outcome(
                    target.version(),
                    target.partition(),
                    text(target.stream()),
                    target.position().toString(),
                    target.cause(),
                    target.state().name(),
                    target.applied(),
                    target.skipped(),
                    Optional.ofNullable(target.stoppedAt())
                            .map(Position::toString)
                            .orElse(null),
                    target.stoppedCause(),
                    target.doneAt());
        }
    }

    /** One in the list of orders. */
    record Listed(
            String orderId,
            String projection,
            String kind,
            @Nullable String stream,
            @Nullable String cause,
            String actor,
            @Nullable String reason,
            Instant orderedAt) {

        static Listed of(QuarantineOrder order) {
            return new Listed(
                    order.id().toString(),
                    order.projection(),
                    order.kind().name(),
                    text(order.stream()),
                    order.cause(),
                    order.actor(),
                    order.reason(),
                    order.orderedAt());
        }
    }

    static OrderDocument of(QuarantineOrder order) {
        long stopped = count(order, State.STOPPED);
        return new OrderDocument(
                order.id().toString(),
                order.projection(),
                order.kind().name(),
                text(order.stream()),
                order.cause(),
                order.actor(),
                order.reason(),
                order.orderedAt(),
                order.isOpen() ? "OPEN" : stopped > 0 ? "STOPPED" : "DONE",
                order.targets().size(),
                count(order, State.OPEN),
                count(order, State.RELEASED),
                stopped,
                count(order, State.GONE),
                order.applied(),
                order.targets().stream().mapToLong(Target::skipped).sum(),
                order.targets().stream().limit(MOST_OUTCOMES).map(Outcome::of).toList());
    }

    private static long count(QuarantineOrder order, State state) {
        return order.targets().stream()
                .filter(target -> target.state() == state)
                .count();
    }

    private static @Nullable String text(@Nullable UUID id) {
        return id == null ? null : id.toString();
    }
}
