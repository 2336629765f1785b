package io.gamemetrics.infrastructure.embeddedservers;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** How one kind of server is started, seen to be ready, and stopped. */
interface Recipe {

    String name();

    ServerFolder folder();

    int port();

    List<String> command();

    default Map<String, String> environment() {
        return Map.of();
    }

    /** Removes what would make {@link #isReady} true before this start is ready. */
    default void beforeStart() {}

    boolean isReady(long pid);

    /** The signal that makes it finish what it is doing, write everything down and end. */
    default String stopSignal() {
        return "TERM";
    }

    /** How long it may take to be ready, and to end; whoever dies before is not waited for. */
    default Duration patience() {
        return Duration.ofSeconds(60);
    }
}
