package io.gamemetrics.infrastructure.endtoendtests;

/** Events with what says who somebody is in every field that may hold it. */
final class CanaryEvents {

    private CanaryEvents() {}

    /** The first. */
    static String registered(String id, String name) {
        return "[" + one(id, "player_registered", "\"displayName\":\"" + name + "\"") + "]";
    }

    /** @param talkedOf another player, whom a friend of theirs names in a field of their own */
    static String of(String id, String name, String talkedOf) {
        return "["
                + String.join(
                        ",",
                        one(id, "session_started", "\"sessionId\":\"" + id + "-session\""),
                        one(id, "score_submitted", "\"leaderboardId\":\"best\",\"score\":77"),
                        one(id, "error_reported", "\"severity\":\"error\",\"message\":\"" + name + " saw " + id + "\""),
                        one(
                                id,
                                "custom",
                                "\"name\":\"mail:sent\",\"fields\":{\"to\":\"" + id + "\",\"as\":\"" + name + "\"}"),
                        one(
                                id,
                                "purchase",
                                "\"itemId\":\"sword\",\"itemType\":\"iap\",\"currency\":\"USD\",\"amountMicros\":5"),
                        one(talkedOf, "session_started", "\"sessionId\":\"plain\""),
                        one(
                                "friend-of-" + talkedOf.length(),
                                "custom",
                                "\"name\":\"mail:sent\",\"fields\":{\"to\":\"" + talkedOf + "\"}"))
                + "]";
    }

    /** One that is refused, and kept as it was sent. */
    static String refused(String id, String name) {
        return "["
                + one(
                        id,
                        "purchase",
                        "\"itemId\":\"sword\",\"itemType\":\"iap\",\"currency\":\"" + name + "\",\"amountMicros\":5")
                + "]";
    }

    static String ofOthers(int number) {
        return "["
                + one("other-" + number % 50, "custom", "\"name\":\"mail:sent\",\"fields\":{\"n\":\"" + number + "\"}")
                + "]";
    }

    private static String one(String player, String type, String fields) {
        return "{\"eventId\":\"%s\",\"playerId\":\"%s\",\"type\":\"%s\",\"occurredAt\":\"2026-03-20T10:00:00Z\",%s}"
                .formatted("c-" + Integer.toHexString((player + type + fields).hashCode()), player, type, fields);
    }
}
