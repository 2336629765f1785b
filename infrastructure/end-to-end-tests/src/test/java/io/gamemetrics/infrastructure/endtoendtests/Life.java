package io.gamemetrics.infrastructure.endtoendtests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * What some players do, by chance, over five days on one of which clocks change: they register, play, pay, get money back,
 * score, like things, and guests sign in to accounts. Of what belongs together anything may be sent first.
 */
final class Life {

    /** On 30 March Berlin skips an hour. */
    static final Instant FIRST = Instant.parse("2025-03-27T12:00:00Z");

    static final List<String> BOARDS = List.of("best", "latest", "sum", "count");

    private static final long MILLIS = 4L * 24 * 3_600_000;
    private static final int ACCOUNTS = 10;
    private static final int GUESTS = 6;
    private static final int ITEMS = 14;

    private final Random random;
    private final int number;
    private final int lives;
    private final Set<Long> moments = new HashSet<>();
    private final Set<Integer> linked = new HashSet<>();
    private final List<JsonNode> waiting = new ArrayList<>();
    private int made;

    /**
     * @param number of this life, from 0
     * @param lives how many there are; no two share a player or a moment
     */
    Life(long seed, int number, int lives) {
        this.random = new Random(seed + number);
        this.number = number;
        this.lives = lives;
    }

    /** So many of what has happened and was not sent, in any order. */
    List<JsonNode> next(int count) {
        while (waiting.size() < 3 * count) {
            happen();
        }
        List<JsonNode> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            events.add(waiting.remove(random.nextInt(waiting.size())));
        }
        return events;
    }

    /** All that was not sent yet. */
    List<JsonNode> rest() {
        List<JsonNode> rest = List.copyOf(waiting);
        waiting.clear();
        return rest;
    }

    private void happen() {
        String player = random.nextInt(3) == 0 ? guest(random.nextInt(GUESTS)) : account(random.nextInt(ACCOUNTS));
        switch (random.nextInt(10)) {
            case 0 -> register(player);
            case 1, 2 -> session(player);
            case 3 -> buy(player);
            case 4 ->
                event("ad_viewed", player)
                        .put("network", "n")
                        .put("placement", "end")
                        .put("currency", "USD")
                        .put("revenueMicros", random.nextInt(10_000));
            case 5, 6 ->
                event("score_submitted", player)
                        .put("leaderboardId", BOARDS.get(random.nextInt(BOARDS.size())))
                        .put("score", random.nextInt(-20, 100));
            case 7, 8 ->
                event("item_interacted", player)
                        .put("itemId", item())
                        .put("kind", List.of("view", "play", "like").get(random.nextInt(3)));
            default -> {
                event("achievement_unlocked", player).put("achievementId", "a" + random.nextInt(20));
                link(random.nextInt(GUESTS));
            }
        }
    }

    private void register(String player) {
        ObjectNode event = event("player_registered", player);
        if (random.nextBoolean()) {
            event.put("displayName", "name" + Logs.SOMEBODY + " " + made);
        }
        if (random.nextBoolean()) {
            event.put("acquisition", "campaign " + random.nextInt(5));
        }
    }

    private void session(String player) {
        String session = "session" + Logs.SOMEBODY + "-" + number + "-" + made;
        ObjectNode start = event("session_started", player).put("sessionId", session);
        if (random.nextInt(5) > 0) {
            long length = 1_000L + random.nextInt(3_600_000);
            ObjectNode end = event("session_ended", player).put("sessionId", session);
            end.put("occurredAt", moment(History.at(start).toEpochMilli() + length));
            if (random.nextBoolean()) {
                end.put("durationMillis", length / 2);
            }
        }
    }

    private void buy(String player) {
        long micros = random.nextInt(5) * 990_000L;
        ObjectNode purchase = event("purchase", player)
                .put("itemId", item())
                .put("itemType", "iap")
                .put("currency", "USD")
                .put("amountMicros", micros);
        if (micros > 0 && random.nextInt(3) == 0) {
            ObjectNode refund = event("purchase_refunded", player)
                    .put("purchaseEventId", purchase.path("eventId").asText());
            if (random.nextBoolean()) {
                refund.put("amountMicros", micros / 2);
            }
        }
    }

    /** Each guest once. */
    private void link(int guest) {
        if (random.nextInt(4) == 0 && linked.add(guest)) {
            event("player_linked", account(guest)).put("linkedPlayerId", guest(guest));
        }
    }

    private ObjectNode event(String type, String player) {
        ObjectNode event = Client.JSON
                .createObjectNode()
                .put("eventId", "e-" + number + "-" + made++)
                .put("type", type)
                .put("playerId", player)
                .put("occurredAt", moment(FIRST.toEpochMilli() + (long) (random.nextDouble() * MILLIS)));
        int place = player.charAt(player.length() - 1) % 3;
        if (place > 0) {
            event.put("country", place == 1 ? "SE" : "DE").put("platform", place == 1 ? "ios" : "android");
        }
        if (random.nextInt(3) > 0) {
            event.put("appVersion", "1." + random.nextInt(9));
        }
        waiting.add(event);
        return event;
    }

    /** That moment or the next that nothing else has. */
    private String moment(long millis) {
        long own = millis / lives * lives + number;
        while (!moments.add(own)) {
            own += lives;
        }
        return Instant.ofEpochMilli(own).toString();
    }

    private String item() {
        return "item " + random.nextInt(ITEMS);
    }

    private String account(int index) {
        return "account" + Logs.SOMEBODY + "-" + number + "-" + index;
    }

    private String guest(int index) {
        return "guest" + Logs.SOMEBODY + "-" + number + "-" + index;
    }
}
