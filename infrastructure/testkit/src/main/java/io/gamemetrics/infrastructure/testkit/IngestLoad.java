package io.gamemetrics.infrastructure.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Batches of made-up events of six types, about 250 bytes each, the same for the same number.
 *
 * @param players in all
 * @param perPlayer events that each player of a batch has in it, one after another
 * @param batch events in a batch
 * @param connections senders, each waiting for its answer
 */
public record IngestLoad(String name, int players, int perPlayer, int batch, int connections) {

    /** 20 players a batch with 25 events each. */
    public static final IngestLoad CLUSTERED = new IngestLoad("clustered", 20_000, 25, 500, 8);

    /** Nearly every event another player's. */
    public static final IngestLoad UNIFORM = new IngestLoad("uniform", 200_000, 1, 500, 8);

    /** Small batches on many connections. */
    public static final IngestLoad MANY_CONNECTIONS = new IngestLoad("300-connections", 20_000, 25, 67, 300);

    private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");

    /** A batch as it is sent. */
    public byte[] body(long number) {
        return ("[" + String.join(",", events(number)) + "]").getBytes(UTF_8);
    }

    /** The same as one event a line. */
    public byte[] lines(long number) {
        return String.join("\n", events(number)).getBytes(UTF_8);
    }

    /** The same as one body an event. */
    public List<byte[]> single(long number) {
        return events(number).stream()
                .map(event -> ("[" + event + "]").getBytes(UTF_8))
                .toList();
    }

    /** The same as one body a player. */
    public List<byte[]> byPlayer(long number) {
        List<byte[]> bodies = new ArrayList<>();
        List<String> events = events(number);
        for (int from = 0; from < events.size(); from += perPlayer) {
            List<String> ofOne = events.subList(from, Math.min(events.size(), from + perPlayer));
            bodies.add(("[" + String.join(",", ofOne) + "]").getBytes(UTF_8));
        }
        return bodies;
    }

    private List<String> events(long number) {
        Random random = new Random(number);
        List<Integer> of = new ArrayList<>();
        while (of.size() * perPlayer < batch) {
            of.add(random.nextInt(players));
        }
        List<String> events = new ArrayList<>(batch);
        for (int player : of) {
            for (int i = 0; i < perPlayer && events.size() < batch; i++) {
                // A few hundred events a minute of nobody: time goes on with the batches.
                Instant at = FIRST.plusMillis(number * 5_000 + events.size() * 10L);
                events.add(event(number + "-" + events.size(), player, at, random));
            }
        }
        return Collections.unmodifiableList(events);
    }

    private static String event(String id, int player, Instant at, Random random) {
        String common = String.format(
                Locale.ROOT,
                "{\"eventId\":\"%s\",\"playerId\":\"player-%07d\",\"occurredAt\":\"%s\",\"platform\":\"%s\",\"country\":\"%s\","
                        + "\"appVersion\":\"1.%d.0\",",
                id,
                player,
                at,
                random.nextBoolean() ? "ios" : "android",
                random.nextBoolean() ? "SE" : "DE",
                random.nextInt(4));
        int value = random.nextInt(1_000);
        return common
                + switch (random.nextInt(6)) {
                    case 0 ->
                        "\"type\":\"progression\",\"status\":\"complete\",\"world\":\"world-%d\",\"stage\":\"stage-%d\",\"score\":%d}"
                                .formatted(value % 20, value % 50, value);
                    case 1 ->
                        ("\"type\":\"resource_flow\",\"flow\":\"sink\",\"resource\":\"gold\",\"amount\":%d,\"itemType\":\"boost\","
                                        + "\"itemId\":\"boost-%d\"}")
                                .formatted(1 + value, value % 30);
                    case 2 ->
                        ("\"type\":\"ad_viewed\",\"network\":\"network-%d\",\"placement\":\"level-end\",\"revenueMicros\":%d,"
                                        + "\"currency\":\"USD\"}")
                                .formatted(value % 5, value);
                    case 3 ->
                        ("\"type\":\"item_interacted\",\"itemId\":\"item-%d\",\"kind\":\"view\",\"experiments\":{\"gate\":"
                                        + "\"gate_%d\"}}")
                                .formatted(value, value % 2);
                    case 4 ->
                        "\"type\":\"custom\",\"name\":\"menu:open:%d\",\"value\":%d,\"fields\":{\"from\":\"home screen\",\"depth\":%d}}"
                                .formatted(value % 10, value, value % 7);
                    default ->
                        "\"type\":\"purchase\",\"itemId\":\"gems-%d\",\"itemType\":\"iap\",\"currency\":\"USD\",\"amountMicros\":%d}"
                                .formatted(value % 10, 990_000L + value);
                };
    }
}
