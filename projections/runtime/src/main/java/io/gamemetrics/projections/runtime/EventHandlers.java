package io.gamemetrics.projections.runtime;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.axonframework.messaging.annotation.AnnotatedHandlerInspector;
import org.axonframework.messaging.annotation.ClasspathParameterResolverFactory;
import org.axonframework.messaging.annotation.MessageHandlerInterceptorMemberChain;
import org.axonframework.messaging.annotation.MessageHandlingMember;
import org.axonframework.messaging.annotation.MultiParameterResolverFactory;
import org.axonframework.messaging.annotation.ParameterResolverFactory;

/** A batch's {@code @EventHandler} methods, found and called the way Axon does; which one an event takes is found once. */
final class EventHandlers {

    private static final ParameterResolverFactory PARAMETERS = MultiParameterResolverFactory.ordered(
            new EventPlaceParameter(), ClasspathParameterResolverFactory.forClass(EventHandlers.class));

    private static final ClassValue<Methods> METHODS = new ClassValue<>() {
        @Override
        protected Methods computeValue(Class<?> type) {
            return new Methods(type);
        }
    };

    private final Object handlers;
    private final Methods methods;

    EventHandlers(Object handlers) {
        this.handlers = handlers;
        this.methods = METHODS.get(handlers.getClass());
    }

    /** Whether handlers of this class have a method for payloads of that one. */
    static boolean take(Class<?> handlers, Class<?> payload) {
        return METHODS.get(handlers).take(payload);
    }

    /**
     * Calls the method that fits the event best; none is fine.
     *
     * @throws RuntimeException what the method threw; a checked exception is its cause
     */
    void handle(Object payload, EventPlace place) {
        try {
            methods.handle(new PlacedEvent(payload, place), handlers);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("an event handler failed", e);
        }
    }

    /** A class's methods, the best fit first. Events here carry nothing but payload and place: the payload's class decides. */
    private static final class Methods {

        // Looked into before it is computed: computing locks also where there is something already.
        private final List<MessageHandlingMember<? super Object>> all;
        private final MessageHandlerInterceptorMemberChain<Object> interceptors;
        private final Map<Class<?>, Optional<MessageHandlingMember<? super Object>>> byPayload =
                new ConcurrentHashMap<>();
        private final Map<Class<?>, Boolean> taken = new ConcurrentHashMap<>();

        Methods(Class<?> type) {
            AnnotatedHandlerInspector<Object> inspector = AnnotatedHandlerInspector.inspectType(type, PARAMETERS);
            this.all = inspector.getHandlers(type).toList();
            this.interceptors = inspector.chainedInterceptor(type);
        }

        boolean take(Class<?> payload) {
            Boolean known = taken.get(payload);
            return known != null
                    ? known
                    : taken.computeIfAbsent(
                            payload, type -> all.stream().anyMatch(method -> method.canHandleType(type)));
        }

        void handle(PlacedEvent event, Object handlers) throws Exception {
            Optional<MessageHandlingMember<? super Object>> method = byPayload.get(event.getPayloadType());
            if (method == null) {
                method = byPayload.computeIfAbsent(event.getPayloadType(), type -> find(event));
            }
            if (method.isPresent()) {
                interceptors.handle(event, handlers, method.get());
            }
        }

        private Optional<MessageHandlingMember<? super Object>> find(PlacedEvent event) {
            return all.stream().filter(method -> method.canHandle(event)).findFirst();
        }
    }
}
