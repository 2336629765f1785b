package io.gamemetrics.projections.runtime;

import io.gamemetrics.infrastructure.eventstore.EventCodec;
import io.gamemetrics.infrastructure.eventstore.StoredEvent;
import io.gamemetrics.sharedkernel.privacy.EndsAPerson;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which events a projection does something with, told by their types alone: those its handlers have a method for, and those
 * that end a person, whatever waits of whom is taken away. What this build can't tell is one of them: that is not to be passed
 * over. Used by one thread.
 */
final class Handled implements Predicate<StoredEvent> {

    private final Projection projection;
    private final EventCodec codec;
    private @Nullable Class<?> handlers;

    Handled(Projection projection, EventCodec codec) {
        this.projection = projection;
        this.codec = codec;
    }

    @Override
    public boolean test(StoredEvent event) {
        Class<?> payload = codec.payloadOf(event.type(), event.revision());
        return payload == null
                || EndsAPerson.class.isAssignableFrom(payload)
                || EventHandlers.take(handlers(), payload);
    }

    private Class<?> handlers() {
        Class<?> known = handlers;
        if (known == null) {
            known = projection.begin(0).handlers().getClass();
            handlers = known;
        }
        return known;
    }
}
