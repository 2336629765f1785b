package io.gamemetrics.commandside.datasubject;

/** What players did, as a sender writes it. */
final class Played {

    private static final String AT = "\"occurredAt\":\"2026-01-01T10:15:30Z\"}";

    private Played() {}

    static String event(String id, String player) {
        return "{\"eventId\":\"%s\",\"type\":\"achievement_unlocked\",\"playerId\":\"%s\",\"achievementId\":\"first\","
                        .formatted(id, player)
                + AT;
    }

    static String registered(String id, String player, String name) {
        return "{\"eventId\":\"%s\",\"type\":\"player_registered\",\"playerId\":\"%s\",\"displayName\":\"%s\","
                        .formatted(id, player, name)
                + AT;
    }

    static String bought(String id, String player) {
        return "{\"eventId\":\"" + id + "\",\"type\":\"purchase\",\"playerId\":\"" + player
                + "\",\"sessionId\":\"s-of-" + player
                + "\",\"platform\":\"ios\",\"country\":\"SE\",\"itemId\":\"gems5\","
                + "\"itemType\":\"iap\",\"currency\":\"USD\",\"amountMicros\":4990000," + AT;
    }

    static String refunded(String id, String player, String purchase) {
        return "{\"eventId\":\"" + id + "\",\"type\":\"purchase_refunded\",\"playerId\":\"" + player
                + "\",\"purchaseEventId\":\"" + purchase + "\",\"amountMicros\":990000," + AT;
    }

    static String linked(String id, String player, String other) {
        return "{\"eventId\":\"" + id + "\",\"type\":\"player_linked\",\"playerId\":\"" + player
                + "\",\"linkedPlayerId\":\"" + other + "\"," + AT;
    }
}
