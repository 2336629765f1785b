package io.gamemetrics.queryside.versions;

import io.gamemetrics.infrastructure.replays.Versions;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The versions the request at hand is answered from: of each read model the one that was active when it was first asked. A
 * switch in the middle of a request shows in the next one. A stream that goes on for long is pinned to nothing: what it
 * was pinned to may be gone. Safe for concurrent use.
 */
final class PinnedVersions {

    /** Longer than any answer takes, and well within the time a version stays after it was left. */
    private static final long LONGEST_NANOS = Versions.GRACE.dividedBy(2).toNanos();

    private static final ThreadLocal<@Nullable PinnedVersions> HERE = new ThreadLocal<>();

    private final Map<String, Integer> versions = new ConcurrentHashMap<>();
    private final long begunAtNanos = System.nanoTime();

    private PinnedVersions() {}

    /** The pinned version, or without a request what is active. */
    static int of(String projection, ToIntFunction<String> active) {
        PinnedVersions here = HERE.get();
        return here == null || System.nanoTime() - here.begunAtNanos > LONGEST_NANOS
                ? active.applyAsInt(projection)
                : here.versions.computeIfAbsent(projection, active::applyAsInt);
    }

    static @Nullable PinnedVersions current() {
        return HERE.get();
    }

    /** A request begins, on this thread and those that work for it. */
    static void begin() {
        HERE.set(new PinnedVersions());
    }

    static void set(PinnedVersions pins) {
        HERE.set(pins);
    }

    static void clear() {
        HERE.remove();
    }
}
