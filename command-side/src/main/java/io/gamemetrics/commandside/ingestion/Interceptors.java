package io.gamemetrics.commandside.ingestion;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.common.Registration;
import org.axonframework.messaging.DefaultInterceptorChain;
import org.axonframework.messaging.MessageDispatchInterceptor;
import org.axonframework.messaging.MessageHandler;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/** Axon's interceptors of a command bus. Safe for concurrent use. */
final class Interceptors {

    private final List<MessageDispatchInterceptor<? super CommandMessage<?>>> dispatching =
            new CopyOnWriteArrayList<>();
    private final List<MessageHandlerInterceptor<? super CommandMessage<?>>> handling = new CopyOnWriteArrayList<>();

    Registration addDispatching(MessageDispatchInterceptor<? super CommandMessage<?>> interceptor) {
        dispatching.add(interceptor);
        return () -> dispatching.remove(interceptor);
    }

    Registration addHandling(MessageHandlerInterceptor<? super CommandMessage<?>> interceptor) {
        handling.add(interceptor);
        return () -> handling.remove(interceptor);
    }

    /** The command as the interceptors want it sent. */
    CommandMessage<?> dispatched(CommandMessage<?> command) {
        CommandMessage<?> sent = command;
        for (MessageDispatchInterceptor<? super CommandMessage<?>> interceptor : dispatching) {
            sent = (CommandMessage<?>) interceptor.handle(sent);
        }
        return sent;
    }

    /** Handles the command of a unit of work, through the interceptors. */
    @SuppressWarnings("unchecked") // A unit of work of this bus is always one of a command.
    Object handle(UnitOfWork<?> work, MessageHandler<CommandMessage<?>> handler) throws Exception {
        return new DefaultInterceptorChain<>((UnitOfWork<? extends CommandMessage<?>>) work, handling, handler)
                .proceed();
    }
}
