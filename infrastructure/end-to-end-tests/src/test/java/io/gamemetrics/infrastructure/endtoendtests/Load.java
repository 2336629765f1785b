package io.gamemetrics.infrastructure.endtoendtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file of events that is sent by a client that retries, and sent again when it has arrived, for as long as wanted. */
final class Load implements UnderLoad {

    private static final int NOT_REACHABLE = 4;

    private final CommandLine commandLine;
    private final String[] arguments;
    private CommandLine.@Nullable Running running;
    private int timesSent;

    /**
     * @param key the game's own: nothing but events is sent while servers are down
     * @param batch events in a request
     */
    Load(CommandLine commandLine, Path file, String game, String key, int batch) {
        this.commandLine = commandLine;
        this.arguments = new String[] {
            "events", "send", file.toString(), "--game", game, "--key", key, "--batch", Integer.toString(batch)
        };
    }

    @Override
    public void keepSending() throws Exception {
        current();
    }

    @Override
    public boolean isSending() {
        return running != null && running.process().isAlive();
    }

    @Override
    public long answered() throws Exception {
        return SendingProgress.answered(commandLine.data());
    }

    private CommandLine.Running current() throws Exception {
        CommandLine.Running now = running;
        if (now != null && !now.process().isAlive()) {
            end(now);
            now = null;
        }
        if (now == null) {
            now = commandLine.start(arguments);
            running = now;
        }
        return now;
    }

    /**
     * Waits until all has arrived.
     *
     * @return the position that holds it
     */
    String untilSent() throws Exception {
        while (true) {
            CommandLine.Ended ended = end(current());
            if (ended.exit() == 0) {
                return ended.answer().path("position").asText();
            }
        }
    }

    private CommandLine.Ended end(CommandLine.Running now) throws Exception {
        CommandLine.Ended ended = now.untilEnded();
        running = null;
        // A command whose very first request finds nobody takes that for a misspelt address, and is given again.
        if (ended.exit() != NOT_REACHABLE) {
            assertThat(ended.exit()).as(ended.problems()).isZero();
            assertThat(ended.answer().path("rejected").asLong()).isZero();
            timesSent++;
        }
        return ended;
    }

    int timesSent() {
        return timesSent;
    }
}
