package io.gamemetrics.infrastructure.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;

/** Draws one line that shows how far a replay is, until it has caught up or is over. Used by one thread. */
final class ReplayWatch {

    private static final int BAR = 24;
    private static final Duration EVERY = Duration.ofMillis(500);
    private static final int UNWATCHED_TIMES = 20;

    private final Terminal terminal;
    private final boolean quiet;

    ReplayWatch(Terminal terminal, boolean quiet) {
        this.terminal = terminal;
        this.quiet = quiet;
    }

    /** @return the replay as it was seen last */
    JsonNode until(Supplier<JsonNode> ask) throws InterruptedException {
        JsonNode replay = ask.get();
        for (int time = 0; replay.path("phase").asText().equals("READING"); time++) {
            draw(text(replay), time);
            Thread.sleep(EVERY);
            replay = ask.get();
        }
        if (!quiet && terminal.watched()) {
            terminal.err().print("\r\u001b[K");
            terminal.err().flush();
        }
        return replay;
    }

    private void draw(String text, int time) {
        if (quiet) {
            return;
        }
        if (terminal.watched()) {
            terminal.err().print("\r" + text + "\u001b[K");
            terminal.err().flush();
        } else if (time % UNWATCHED_TIMES == 0) {
            terminal.err().println(text);
        }
    }

    static String text(JsonNode replay) {
        double percent = replay.path("percent").asDouble();
        int full = (int) (Math.min(100, percent) / 100 * BAR);
        return "█".repeat(full) + "░".repeat(BAR - full) + String.format(Locale.ROOT, " %5.1f %%  ", percent)
                + ProgressLine.number(Math.round(replay.path("eventsPerSecond").asDouble())) + " events/s, "
                + left(replay);
    }

    private static String left(JsonNode replay) {
        if (replay.path("paused").asBoolean()) {
            return "paused";
        }
        return replay.hasNonNull("etaSeconds")
                ? ProgressLine.duration(replay.path("etaSeconds").asDouble()) + " left"
                : replay.path("neverCatchesUp").asBoolean() ? "never, as it goes now" : "not known yet";
    }
}
