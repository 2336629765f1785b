package io.gamemetrics.commandside.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.commandside.TestCommandSide;
import io.gamemetrics.commandside.TestCommandSide.Answer;
import io.gamemetrics.infrastructure.eventstore.EventStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/** Impatient senders send everything again and again, all at once, to both replicas. */
class RetryStormTest {

    private static final int CLIENTS = 8;
    private static final int ROUNDS = 3;
    private static final int BATCHES = 6;
    private static final int EVENTS_PER_BATCH = 20;
    private static final int PLAYERS = 5;

    /** What one client was told. */
    private record Told(long accepted, long duplicates, long rejected, int refused) {

        Told plus(Told other) {
            return new Told(
                    accepted + other.accepted,
                    duplicates + other.duplicates,
                    rejected + other.rejected,
                    refused + other.refused);
        }
    }

    @Test
    void everyEventIsAcceptedExactlyOnce() throws Exception {
        long seed = ThreadLocalRandom.current().nextLong();
        TestCommandSide.Databases databases = TestCommandSide.Databases.create();
        try (TestCommandSide one = TestCommandSide.start(databases);
                TestCommandSide other = TestCommandSide.start(databases);
                ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            String key = one.createGame("intendo");
            EventStore store = one.context().getBean(EventStore.class);
            long before = store.position().number();
            List<Callable<Told>> storm = new ArrayList<>();
            for (int client = 0; client < CLIENTS; client++) {
                Random random = new Random(seed + client);
                storm.add(() -> sendAll(List.of(one, other), key, random));
            }
            Told told = new Told(0, 0, 0, 0);
            for (Future<Told> answer : clients.invokeAll(storm)) {
                told = told.plus(answer.get());
            }
            int events = BATCHES * EVENTS_PER_BATCH;
            assertThat(store.position().number() - before).as("seed %d", seed).isEqualTo(events);
            assertThat(told.rejected()).as("seed %d", seed).isZero();
            assertThat(told.refused()).as("seed %d", seed).isZero();
            assertThat(told.accepted()).as("seed %d", seed).isEqualTo(events);
            assertThat(told.duplicates()).as("seed %d", seed).isEqualTo((CLIENTS * ROUNDS - 1L) * events);
        }
    }

    private static Told sendAll(List<TestCommandSide> replicas, String key, Random random) {
        Told told = new Told(0, 0, 0, 0);
        for (int round = 0; round < ROUNDS; round++) {
            List<String> batches = new ArrayList<>();
            for (int batch = 0; batch < BATCHES; batch++) {
                batches.add(batch(batch));
            }
            Collections.shuffle(batches, random);
            for (String batch : batches) {
                TestCommandSide replica = replicas.get(random.nextInt(replicas.size()));
                Answer answer = replica.events("intendo", key, batch);
                told = told.plus(
                        answer.status() == 200
                                ? new Told(
                                        count(answer, "accepted"),
                                        count(answer, "duplicates"),
                                        count(answer, "rejected"),
                                        0)
                                : new Told(0, 0, 0, 1));
            }
        }
        return told;
    }

    private static long count(Answer answer, String name) {
        return answer.body().get(name).longValue();
    }

    /** Each player's events are in every batch, a few of them without a player. */
    private static String batch(int batch) {
        List<String> events = new ArrayList<>();
        for (int i = 0; i < EVENTS_PER_BATCH; i++) {
            String player = i % 10 == 9 ? "" : "\"playerId\":\"p-%d\",".formatted(i % PLAYERS);
            events.add("""
                {"eventId":"e-%d-%d","type":"custom",%s"occurredAt":"2026-01-01T10:15:30Z","name":"storm"}""".formatted(batch, i, player));
        }
        return "[" + String.join(",", events) + "]";
    }
}
