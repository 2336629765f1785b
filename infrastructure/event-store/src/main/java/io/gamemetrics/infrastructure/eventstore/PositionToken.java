package io.gamemetrics.infrastructure.eventstore;

import io.gamemetrics.sharedkernel.ids.Position;
import java.util.OptionalLong;
import org.axonframework.eventhandling.TrackingToken;

/**
 * A position as Axon's processors keep it. Positions have no gaps, so one number says everything.
 *
 * <p>Tokens of different incarnations can't be compared: every comparison throws {@link IllegalArgumentException}.
 *
 * @param incarnation as in {@link Position}
 * @param number everything at or before it has been handled
 */
public record PositionToken(long incarnation, long number) implements TrackingToken {

    /** The token of one who has handled everything up to a position. */
    public static PositionToken of(Position position) {
        return new PositionToken(position.incarnation(), position.number());
    }

    /** The position this token is for. */
    public Position asPosition() {
        return new Position(incarnation, number);
    }

    @Override
    public TrackingToken lowerBound(TrackingToken other) {
        return covers(other) ? other : this;
    }

    @Override
    public TrackingToken upperBound(TrackingToken other) {
        return covers(other) ? this : other;
    }

    @Override
    public boolean covers(TrackingToken other) {
        if (!(other instanceof PositionToken token)) {
            throw new IllegalArgumentException("not a position of the event store: " + other);
        }
        return asPosition().covers(token.asPosition());
    }

    @Override
    public OptionalLong position() {
        return OptionalLong.of(number);
    }
}
