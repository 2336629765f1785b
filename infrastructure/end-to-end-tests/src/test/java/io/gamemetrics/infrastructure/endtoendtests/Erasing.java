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
