package io.gamemetrics.commandside;

import io.gamemetrics.commandside.TestCommandSide.Databases;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * One command side, and a replica when somebody asks for it, for all tests of a JVM that need nothing special of theirs:
 * a start takes seconds. Each test takes a game of its own. Closed after the last test.
 */
public final class SharedCommandSide implements BeforeAllCallback {

    private static final AtomicInteger GAMES = new AtomicInteger();

    private static final Started STARTED = new Started();

    private static final class Started implements ExtensionContext.Store.CloseableResource {

        private final Databases databases = Databases.create();
        private final TestCommandSide server = TestCommandSide.start(databases);
        private volatile TestCommandSide replica = server;

        synchronized TestCommandSide replica() {
            if (replica == server) {
                replica = TestCommandSide.start(databases);
            }
            return replica;
        }

        @Override
        public void close() {
            if (replica != server) {
                replica.close();
            }
            server.close();
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        // Whatever lies in the root's store is closed when all tests are over.
        context.getRoot()
                .getStore(ExtensionContext.Namespace.GLOBAL)
                .getOrComputeIfAbsent(SharedCommandSide.class, key -> STARTED);
    }

    public static TestCommandSide server() {
        return STARTED.server;
    }

    /** Another process, as far as anybody can see, on the same databases. */
    public static TestCommandSide replica() {
        return STARTED.replica();
    }

    public static Databases databases() {
        return STARTED.databases;
    }

    /** An id that no other test has. */
    public static String newGame() {
        return "shared-" + GAMES.incrementAndGet();
    }
}
