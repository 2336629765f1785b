package io.gamemetrics.infrastructure.platform;

import io.gamemetrics.infrastructure.embeddedservers.EmbeddedServer;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An embedded server that is started again when it ends by itself, until it is closed. */
final class Watched implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Watched.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final EmbeddedServer server;
    private final Progress progress;
    private final Thread thread;
    private volatile boolean closed;

    Watched(EmbeddedServer server, Progress progress) {
        this.server = server;
        this.progress = progress;
        this.thread = Thread.ofVirtual().name("watch-" + server.name()).start(this::watch);
    }

    private void watch() {
        Duration pause = FIRST_PAUSE;
        while (!closed) {
            try {
                server.whenItEnds().join();
                if (closed) {
                    return;
                }
                tell(server.name() + " ended unexpectedly and is started again.");
                server.startAgain();
                pause = FIRST_PAUSE;
                tell(server.name() + " is back.");
            } catch (RuntimeException e) {
                tell(String.valueOf(e.getMessage()));
                LOG.error("{} does not start again", server.name(), e);
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
                if (!sleep(pause)) {
                    return;
                }
            }
        }
    }

    private void tell(String sentence) {
        LOG.warn(sentence);
        progress.say(sentence);
    }

    private boolean sleep(Duration pause) {
        try {
            Thread.sleep(pause);
            return true;
        } catch (InterruptedException e) {
            return false; // only close interrupts it
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        server.close();
    }
}
