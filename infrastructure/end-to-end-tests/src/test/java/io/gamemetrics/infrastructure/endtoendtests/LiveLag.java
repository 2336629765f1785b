package io.gamemetrics.infrastructure.endtoendtests;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** How far the slowest read model is behind what senders were answered, looked at a few times a second. */
final class LiveLag {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

    private final Client client;
    private final String query;
    private final LiveSenders senders;
    private final Thread thread;
    private volatile boolean stopping;
    private volatile long latest;
    private volatile long highest;

    private LiveLag(Client client, String game, LiveSenders senders) {
        this.client = client;
        this.query = "{ game(id: \"" + game + "\") { freshness { models { name state position } } } }";
        this.senders = senders;
        this.thread = Thread.ofVirtual().unstarted(this::run);
    }

    static LiveLag watch(Client client, String game, LiveSenders senders) {
        LiveLag lag = new LiveLag(client, game, senders);
        lag.thread.start();
        return lag;
    }

    private void run() {
        while (!stopping) {
            try {
                long now = 0;
                for (JsonNode model : client.ask(query, Map.of()).at("/data/game/freshness/models")) {
                    if (model.path("position").isTextual()) {
                        now = Math.max(
                                now, senders.lagMillis(model.path("position").asText()));
                    }
                }
                latest = now;
                highest = Math.max(highest, now);
            } catch (IOException e) {
                // Asked again below.
            } catch (InterruptedException e) {
                return;
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    /** Ends the looking. */
    void stop() throws InterruptedException {
        stopping = true;
        thread.join();
    }

    long latestMillis() {
        return latest;
    }

    long highestMillis() {
        return highest;
    }
}
