package io.gamemetrics.projections.runtime;

/** An event in its place, as a test hands it to a projection. */
public record Placed(Object payload, EventPlace place) {

    /** @throws IllegalStateException when the batch has no handler for it */
    public void handleIn(Projection.Batch batch) {
        Object handlers = batch.handlers();
        if (!EventHandlers.take(handlers.getClass(), payload.getClass())) {
            throw new IllegalStateException("no handler: " + payload.getClass());
        }
        new EventHandlers(handlers).handle(payload, place);
    }
}
