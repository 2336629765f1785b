package io.gamemetrics.infrastructure.endtoendtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A projection's quarantine, as an operator sees it over HTTP. */
record Quarantined(Client client, String projection) {

    /** Streams that wait, by how many events of theirs do; no two have as many. */
    Map<Long, JsonNode> waiting() throws Exception {
        JsonNode page = client.command("GET", "/v1/quarantine?projection=" + projection, Map.of());
        Map<Long, JsonNode> waiting = new TreeMap<>();
        page.path("entries").forEach(each -> waiting.put(each.path("events").asLong(), each));
        assertThat(waiting).hasSize(page.path("entries").size());
        return waiting;
    }

    /** Waits until so many events of each stream wait. */
    Map<Long, JsonNode> until(Long... events) throws Exception {
        List<Long> wanted = List.of(events);
        Map<Long, JsonNode> seen =
                Looking.until(waiting -> List.copyOf(waiting.keySet()).equals(wanted), this::waiting);
        assertThat(seen.keySet()).containsExactlyElementsOf(wanted);
        return seen;
    }

    /** Orders it, and waits for what came of it. */
    JsonNode retry(String which, String value) throws Exception {
        String id = client.command("POST", "/v1/quarantine/retry", Map.of("projection", projection, which, value))
                .path("orderId")
                .asText();
        return Looking.until(
                order -> !order.path("state").asText().equals("OPEN"),
                () -> client.command("GET", "/v1/quarantine/orders/" + id, Map.of()));
    }

    JsonNode orders() throws Exception {
        return client.command("GET", "/v1/quarantine/orders", Map.of());
    }
}
