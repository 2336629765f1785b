package io.gamemetrics.infrastructure.eventstream;

import io.gamemetrics.sharedkernel.ids.Position;

/** Going on would lose or repeat events, and only an operator can say what to do. The message is one sentence for them. */
public final class StreamStoppedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StreamStoppedException(String sentence) {
        super(sentence);
    }

    /**
     * The store is not the one that {@code who} last followed.
     *
     * @param who the publisher or a projection, as operators call it
     * @param known the position it had come to
     * @param head the store's newest position now
     */
    public static StreamStoppedException otherStore(String who, Position known, Position head) {
        return new StreamStoppedException(who + " stopped: it had come to position " + known
                + ", but the event store, now at " + head
                + ", was restored to other data since; run `gamemetrics restore reconcile`.");
    }
}
