package io.gamemetrics.infrastructure.eventstore;

import io.gamemetrics.sharedkernel.ids.Position;

/** A position belongs to another life of the store: the store was restored to older data since it was handed out. */
public final class OtherIncarnationException extends EventStoreException {

    private static final long serialVersionUID = 1L;

    private final Position position;
    private final Position last;

    public OtherIncarnationException(Position position, Position last) {
        super(
                "the event store was restored to older data: position " + position + " is not in it, its last is "
                        + last + "; run: gamemetrics restore reconcile",
                null);
        this.position = position;
        this.last = last;
    }

    /** The position that was asked for. */
    public Position position() {
        return position;
    }

    /** The store's last position. */
    public Position last() {
        return last;
    }
}
