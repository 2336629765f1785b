package io.gamemetrics.infrastructure.platform;

import io.gamemetrics.infrastructure.backups.CopyWatcher;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** One line that shows how far a copy is: drawn anew where somebody watches, else once in a while. Used by one thread. */
final class CopyLine implements CopyWatcher {

    private static final int BAR = 24;
    private static final long WATCHED_NANOS = Duration.ofMillis(200).toNanos();
    private static final long UNWATCHED_NANOS = Duration.ofSeconds(10).toNanos();

    private final PrintStream out;
    private final boolean watched;
    private final long began = System.nanoTime();
    private long drawn = began;

    CopyLine(PrintStream out, boolean watched) {
        this.out = out;
        this.watched = watched;
    }

    @Override
    public void copied(String table, long bytes, long expected) {
        long now = System.nanoTime();
        if (now - drawn < (watched ? WATCHED_NANOS : UNWATCHED_NANOS)) {
            return;
        }
        drawn = now;
        String text = text(table, bytes, expected, Duration.ofNanos(now - began));
        if (watched) {
            out.print("\r" + text + "\u001b[K");
            out.flush();
        } else {
            out.println(text);
        }
    }

    void end() {
        if (watched) {
            out.print("\r\u001b[K");
            out.flush();
        }
    }

    static String text(String table, long bytes, long expected, Duration elapsed) {
        double fraction = expected == 0 ? 1 : Math.min(1, (double) bytes / expected);
        int full = (int) (fraction * BAR);
        double seconds = Math.max(0.001, elapsed.toMillis() / 1000.0);
        String left = fraction <= 0 || fraction >= 1
                ? ""
                : String.format(Locale.ROOT, ", about %.0f s left", seconds * (1 - fraction) / fraction);
        return "█".repeat(full)
                + "░".repeat(BAR - full)
                + String.format(
                        Locale.ROOT,
                        " %3.0f %%  %s, %.1f MiB, %.1f MiB/s%s",
                        fraction * 100,
                        table,
                        bytes / 1048576.0,
                        bytes / 1048576.0 / seconds,
                        left);
    }
}
