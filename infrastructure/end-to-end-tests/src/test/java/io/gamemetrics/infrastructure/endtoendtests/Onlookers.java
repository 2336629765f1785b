package io.gamemetrics.infrastructure.endtoendtests;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * People who look at a game all the time. What they see may lag by moments; it is never refused, and never less than nearly
 * all that was there before.
 */
final class Onlookers implements AutoCloseable {

    private static final int PEOPLE = 4;
    private static final Duration PAUSE = Duration.ofMillis(50);

    /** Two versions are moments apart. */
    private static final double NEARLY_ALL = 0.8;

    /** Of few, what comes in a moment is more than that. */
    private static final int A_MOMENTS = 5;

    private final Client client;
    private final String question;
    private final Map<String, AtomicLong> most = new ConcurrentHashMap<>();
    private final List<String> troubles = new CopyOnWriteArrayList<>();
    private final AtomicLong answers = new AtomicLong();
    private final List<Thread> people = new ArrayList<>();
    private volatile boolean stopping;

    Onlookers(Client client, String game, String player) {
        this.client = client;
        this.question = """
            query {
              game(id: "%s") {
                summary(from: "2025-03-01", to: "2025-04-30") { purchases sessions }
                leaderboard(id: "sum") { totalCount rebuilding }
                player(id: "%s") { sessions recommendations(first: 5) { item } }
              }
            }
            """.formatted(game, player);
        for (int person = 0; person < PEOPLE; person++) {
            people.add(Thread.ofVirtual().start(this::look));
        }
    }

    private void look() {
        while (!stopping) {
            try {
                LockSupport.parkNanos(PAUSE.toNanos());
                JsonNode answer = client.ask(question, Map.of());
                String code = answer.at("/errors/0/extensions/code").asText();
                if (code.equals("RATE_LIMITED")) {
                    continue;
                }
                if (!answer.path("errors").isEmpty()) {
                    troubles.add(answer.toString());
                    continue;
                }
                answers.incrementAndGet();
                JsonNode game = answer.at("/data/game");
                see("purchases", game.at("/summary/purchases"));
                see("sessions", game.at("/summary/sessions"));
                see("entries", game.at("/leaderboard/totalCount"));
                see("a player's sessions", game.at("/player/sessions"));
                if (game.at("/leaderboard/rebuilding").asBoolean()) {
                    troubles.add("the board is being rebuilt before everybody's eyes");
                }
            } catch (Exception e) {
                troubles.add(e.toString());
            }
        }
    }

    private void see(String what, JsonNode number) {
        long seen = number.asLong(-1);
        long before = most.computeIfAbsent(what, key -> new AtomicLong()).getAndAccumulate(seen, Math::max);
        if (seen < NEARLY_ALL * before - A_MOMENTS) {
            troubles.add(what + ": " + seen + " after " + before);
        }
    }

    /** What anybody saw that nobody should; and how many answers there were. */
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
