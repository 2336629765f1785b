package io.gamemetrics.infrastructure.cli;

import java.time.Duration;
import java.util.Locale;

/** One line that shows how far a command is, how fast, and how long it still takes. Used by one thread. */
final class ProgressLine {

    private static final int BAR = 24;
    private static final long WATCHED_NANOS = Duration.ofMillis(200).toNanos();
    private static final long UNWATCHED_NANOS = Duration.ofSeconds(10).toNanos();

    private final Terminal terminal;
    private final boolean quiet;
    private final String counted;
    private long began;
    private long before;
    private long drawn;

    ProgressLine(Terminal terminal, boolean quiet) {
        this(terminal, quiet, "events");
    }

    /** @param counted what is counted, in the plural */
    ProgressLine(Terminal terminal, boolean quiet, String counted) {
        this.terminal = terminal;
        this.quiet = quiet;
        this.counted = counted;
    }

    /** @param before how many events an earlier run has sent */
    void begin(long before) {
        this.began = System.nanoTime();
        this.drawn = began;
        this.before = before;
        if (!quiet && before > 0) {
            terminal.err().println("Going on after " + number(before) + " " + counted + " of an earlier run.");
        }
    }

    void draw(long events, double fraction) {
        long now = System.nanoTime();
        if (quiet || now - drawn < (terminal.watched() ? WATCHED_NANOS : UNWATCHED_NANOS)) {
            return;
        }
        drawn = now;
        String text = text(events, fraction, Duration.ofNanos(now - began));
        if (terminal.watched()) {
            terminal.err().print("\r" + text + "\u001b[K");
            terminal.err().flush();
        } else {
            terminal.err().println(text);
        }
    }

    void end() {
        if (!quiet && terminal.watched()) {
            terminal.err().print("\r\u001b[K");
            terminal.err().flush();
        }
    }

    String text(long events, double fraction, Duration elapsed) {
        double seconds = Math.max(0.001, elapsed.toMillis() / 1000.0);
        long rate = Math.round((events - before) / seconds);
        String amount = number(events) + " " + counted + ", " + number(rate) + "/s";
        if (fraction < 0) {
            return amount;
        }
        int full = (int) (Math.min(1, fraction) * BAR);
        String bar = "█".repeat(full) + "░".repeat(BAR - full);
        String left =
                fraction <= 0 || fraction >= 1 ? "" : ", " + duration(seconds * (1 - fraction) / fraction) + " left";
        return bar + String.format(Locale.ROOT, " %3d %%  ", Math.round(Math.min(1, fraction) * 100)) + amount + left;
    }

    static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    static String duration(double seconds) {
        long whole = Math.round(seconds);
        return whole < 60 ? whole + " s" : whole / 60 + " min " + whole % 60 + " s";
    }
}
