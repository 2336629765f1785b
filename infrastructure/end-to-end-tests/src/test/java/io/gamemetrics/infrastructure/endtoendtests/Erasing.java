package io.gamemetrics.infrastructure.endtoendtests;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/** Requests that players are erased, over HTTP. */
record Erasing(Client client, String game) {

    /** Has a player erased at once. */
    String order(String player) throws Exception {
        return client.command("DELETE", "/v1/games/" + game + "/players/" + player, Map.of())
                .path("requestId")
                .asText();
    }

    /** Has a player erased at once, but for what they bought. */
    String orderKeepingPurchases(String player, String until, String ground) throws Exception {
        String request = client.command(
                        "POST",
                        "/v1/data-subject-requests",
                        Map.of(
                                "type",
                                "ERASURE",
                                "subjects",
                                List.of(Map.of("gameId", game, "playerId", player)),
                                "identity",
                                Map.of("confirmed", true, "how", "signed in"),
                                "keep",
                                List.of(Map.of("kind", "PURCHASES", "until", until, "ground", ground))))
                .path("requestId")
                .asText();
        client.command("POST", "/v1/data-subject-requests/" + request + "/execute", Map.of());
        return request;
    }

    /** What is kept of whom a request erased. */
    JsonNode kept(String request) throws Exception {
        return client.command("GET", "/v1/data-subject-requests/" + request + "/kept", Map.of());
    }

    JsonNode look(String request) throws Exception {
        return client.command("GET", "/v1/data-subject-requests/" + request, Map.of());
    }

    String phase(String request) throws Exception {
        return look(request).path("phase").asText();
    }

    /** Waits until it is proven, and gives the certificate. */
    JsonNode untilCertified(String request) throws Exception {
        Looking.until("COMPLETED"::equals, () -> phase(request));
        return client.command("GET", "/v1/data-subject-requests/" + request + "/certificate", Map.of());
    }

    /** What the certificate says was done. */
    static List<String> evidence(JsonNode certificate) {
        return certificate.path("evidence").findValuesAsText("text");
    }
}
