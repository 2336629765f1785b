package io.gamemetrics.projections.runtime;

import java.lang.reflect.Executable;
import java.lang.reflect.Parameter;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.annotation.ParameterResolver;
import org.axonframework.messaging.annotation.ParameterResolverFactory;
import org.jspecify.annotations.Nullable;

/** Lets an {@code @EventHandler} method take the {@link EventPlace} of its event. */
final class EventPlaceParameter implements ParameterResolverFactory, ParameterResolver<EventPlace> {

    @Override
    public @Nullable ParameterResolver<EventPlace> createInstance(
            Executable executable, Parameter[] parameters, int parameterIndex) {
        return parameters[parameterIndex].getType() == EventPlace.class ? this : null;
    }

    @Override
    public EventPlace resolveParameterValue(Message<?> message) {
        return ((PlacedEvent) message).place();
    }

    @Override
    public boolean matches(Message<?> message) {
        return message instanceof PlacedEvent;
    }
}
