package io.gamemetrics.infrastructure.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Batches of made-up events of six types, about 250 bytes each, the same for the same number. A player has one phone: their
 * platform, country, version and experiment are the same wherever an event says them.
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

    /** Put together by hand: whoever sends shares the processors with what is measured. */
    private static String event(String id, int player, Instant at, Random random) {
        StringBuilder event = new StringBuilder(320)
                .append("{\"eventId\":\"")
                .append(id)
                .append("\",\"playerId\":\"player-")
                .append(Integer.toString(10_000_000 + player), 1, 8)
                .append("\",\"occurredAt\":\"")
                .append(at)
                .append("\",\"platform\":\"")
                .append(player % 2 == 0 ? "ios" : "android")
                .append("\",\"country\":\"")
                .append(player / 2 % 2 == 0 ? "SE" : "DE")
                .append("\",\"appVersion\":\"1.")
                .append(player / 4 % 4)
                .append(".0\",\"type\":\"");
        int value = random.nextInt(1_000);
        return switch (random.nextInt(6)) {
            case 0 ->
                event.append("progression\",\"status\":\"complete\",\"world\":\"world-")
                        .append(value % 20)
                        .append("\",\"stage\":\"stage-")
                        .append(value % 50)
                        .append("\",\"score\":")
                        .append(value)
                        .append('}')
                        .toString();
            case 1 ->
                event.append("resource_flow\",\"flow\":\"sink\",\"resource\":\"gold\",\"amount\":")
                        .append(1 + value)
                        .append(",\"itemType\":\"boost\",\"itemId\":\"boost-")
                        .append(value % 30)
                        .append("\"}")
                        .toString();
            case 2 ->
                event.append("ad_viewed\",\"network\":\"network-")
                        .append(value % 5)
                        .append("\",\"placement\":\"level-end\",\"revenueMicros\":")
                        .append(value)
                        .append(",\"currency\":\"USD\"}")
                        .toString();
            case 3 ->
                event.append("item_interacted\",\"itemId\":\"item-")
                        .append(value)
                        .append("\",\"kind\":\"view\",\"experiments\":{\"gate\":\"gate_")
                        .append(player / 16 % 2)
                        .append("\"}}")
                        .toString();
            case 4 ->
                event.append("custom\",\"name\":\"menu:open:")
                        .append(value % 10)
                        .append("\",\"value\":")
                        .append(value)
                        .append(",\"fields\":{\"from\":\"home screen\",\"depth\":")
                        .append(value % 7)
                        .append("}}")
                        .toString();
            default ->
                event.append("purchase\",\"itemId\":\"gems-")
                        .append(value % 10)
                        .append("\",\"itemType\":\"iap\",\"currency\":\"USD\",\"amountMicros\":")
                        .append(990_000L + value)
                        .append('}')
                        .toString();
        };
    }
}
