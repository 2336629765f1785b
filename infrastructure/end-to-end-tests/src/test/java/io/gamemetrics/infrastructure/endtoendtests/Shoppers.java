package io.gamemetrics.infrastructure.endtoendtests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Players of one game who buy things, each at a moment of its own, and what their profiles must come to. */
final class Shoppers {

    static final Instant FIRST = Instant.parse("2025-03-27T12:00:00Z");

    private final Client client;
    private final String game;
    private final String key;
    private final List<JsonNode> bought = new ArrayList<>();
    private final List<JsonNode> basket = new ArrayList<>();
    private String position = "";

    Shoppers(Client client, String game) throws Exception {
        this.client = client;
        this.game = game;
        this.key = client.createGame(game, ZoneOffset.UTC.getId());
    }

    /** Puts it among what is sent next. */
    void buy(String player, long micros) {
        ObjectNode purchase = Client.JSON.createObjectNode();
        purchase.put("eventId", "e-" + (bought.size() + basket.size()))
                .put("type", "purchase")
                .put("playerId", player)
                .put(
                        "occurredAt",
                        FIRST.plusSeconds(bought.size() + basket.size()).toString())
                .put("itemId", "gems")
                .put("itemType", "iap")
                .put("currency", "USD")
                .put("amountMicros", micros);
        basket.add(purchase);
    }

    /** In one request, in this order. */
    void send() throws Exception {
        position = client.send(game, key, Client.JSON.writeValueAsString(basket));
        bought.addAll(basket);
        basket.clear();
    }

    int count() {
        return bought.size();
    }

    /** What the game's fields are once everything that was sent was looked at. */
    JsonNode ask(String fields) throws Exception {
        return client.game(game, position, fields);
    }

    /** What the player's profile is, in one line. */
    String profile(String player) throws Exception {
        return ProfilesOracle.answered(ask("player(id: \"" + player + "\") { " + ProfilesOracle.FIELDS + " }")
                .path("player"));
    }

    /** What it must be where purchases of these amounts, and nothing else, are left out. */
    String expected(String player, Set<Long> leftOut) {
        List<JsonNode> applied = bought.stream()
                .filter(purchase -> !leftOut.contains(History.micros(purchase)))
                .toList();
        return new ProfilesOracle(new History(ZoneOffset.UTC, applied)).expected(player);
    }
}
