package io.gamemetrics.infrastructure.endtoendtests;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** People who ask the same about a game that nobody plays any more, without a pause: every answer has to be the first. */
final class ExactReaders implements AutoCloseable {

    private static final int PEOPLE = 4;

    private final Client client;
    private final String question;
    private final JsonNode first;
    private final List<String> troubles = new CopyOnWriteArrayList<>();
    private final AtomicLong answers = new AtomicLong();
    private final List<Thread> people = new ArrayList<>();
    private volatile boolean stopping;

    ExactReaders(Client client, String game) throws Exception {
        this.client = client;
        this.question = """
            { game(id: "%s") {
                summary(from: "2015-01-01", to: "2015-12-31") { players payers sessions purchases dauSum revenue { totalMicros } }
                dailyMetrics(from: "2015-06-01", to: "2015-06-30") { day dau newPlayers sessions payers }
            } }""".formatted(game);
        this.first = client.ask(question, Map.of());
        if (!first.at("/errors").isMissingNode()
                || first.at("/data/game/summary/players").asLong() == 0) {
            throw new AssertionError(first.toString());
        }
        for (int person = 0; person < PEOPLE; person++) {
            people.add(Thread.ofVirtual().start(this::look));
        }
    }

    private void look() {
        while (!stopping) {
            try {
                JsonNode answer = client.ask(question, Map.of());
                answers.incrementAndGet();
                if (!answer.equals(first)) {
                    troubles.add(answer.toString());
                }
            } catch (Exception e) {
                troubles.add(e.toString());
            }
        }
    }

    /** Answers that were refused, failed or said something else. */
    List<String> troubles() {
        return troubles;
    }

    long answers() {
        return answers.get();
    }

    @Override
    public void close() {
        stopping = true;
        try {
            for (Thread person : people) {
                person.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
