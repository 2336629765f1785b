package io.gamemetrics.infrastructure.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Draws one line that shows how far a replay is, until it has come to where somebody waits for it. Used by one thread. */
final class ReplayWatch {

    private static final int BAR = 24;
    private static final Duration EVERY = Duration.ofMillis(500);
    private static final int UNWATCHED_TIMES = 20;
    private static final Set<String> BUILDING = Set.of("TAKING_OVER", "READING");

    private final Terminal terminal;
    private final boolean quiet;

    ReplayWatch(Terminal terminal, boolean quiet) {
        this.terminal = terminal;
        this.quiet = quiet;
    }

    /** Until it has caught up or is over. */
    JsonNode untilBuilt(Supplier<JsonNode> ask) throws InterruptedException {
        return until(ask, replay -> !BUILDING.contains(replay.path("phase").asText()), ReplayWatch::text);
    }

    /** Until old and new have been compared. */
    JsonNode untilCompared(Supplier<JsonNode> ask) throws InterruptedException {
        return until(ask, replay -> replay.at("/comparison").hasNonNull("endedAt"), ReplayWatch::compared);
    }

    /** @return the replay as it was seen last */
    private JsonNode until(Supplier<JsonNode> ask, Predicate<JsonNode> isThere, Function<JsonNode, String> text)
            throws InterruptedException {
        JsonNode replay = ask.get();
        for (int time = 0; !isThere.test(replay); time++) {
            draw(text.apply(replay), time);
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

    private static String compared(JsonNode replay) {
        return "comparing: "
                + ProgressLine.number(replay.at("/comparison/cells").asLong()) + " parts, "
                + ProgressLine.number(replay.at("/comparison/entries").asLong()) + " entries one by one";
    }

    static String text(JsonNode replay) {
        if (replay.path("phase").asText().equals("TAKING_OVER")) {
            return "what is not rebuilt is taken from the live version";
        }
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
