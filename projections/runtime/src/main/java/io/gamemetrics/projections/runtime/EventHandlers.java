package io.gamemetrics.projections.runtime;

import org.axonframework.eventhandling.AnnotationEventHandlerAdapter;
import org.axonframework.messaging.annotation.ClasspathParameterResolverFactory;
import org.axonframework.messaging.annotation.MultiParameterResolverFactory;
import org.axonframework.messaging.annotation.ParameterResolverFactory;

/** A batch's {@code @EventHandler} methods, called the way Axon calls them. */
final class EventHandlers {

    private static final ParameterResolverFactory PARAMETERS = MultiParameterResolverFactory.ordered(
            new EventPlaceParameter(), ClasspathParameterResolverFactory.forClass(EventHandlers.class));

    private final AnnotationEventHandlerAdapter adapter;

    EventHandlers(Object handlers) {
        adapter = new AnnotationEventHandlerAdapter(handlers, PARAMETERS);
    }

    /**
     * Calls the method that fits the event best; none is fine.
     *
     * @throws RuntimeException what the method threw; a checked exception is its cause
     */
    void handle(Object payload, EventPlace place) {
        try {
            adapter.handle(new PlacedEvent(payload, place));
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("an event handler failed", e);
        }
    }
}
