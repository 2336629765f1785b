package io.gamemetrics.infrastructure.endtoendtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** One replay, as an operator sees it over HTTP. */
record Replaying(Client client, String projection, String id) {

    private static final int MOST_LAG_SECONDS = 4;

    static Replaying start(Client client, String projection) throws Exception {
        return start(client, Map.of("projection", projection));
    }

    /** One that goes no faster. */
    static Replaying start(Client client, String projection, int eventsPerSecond) throws Exception {
        return start(client, Map.of("projection", projection, "eventsPerSecond", eventsPerSecond));
    }

    static Replaying start(Client client, Map<String, ?> wish) throws Exception {
        JsonNode started = client.command("POST", "/v1/replays", wish);
        String projection = String.valueOf(wish.get("projection"));
        return new Replaying(client, projection, started.path("replayId").asText());
    }

    /** Has old and new compared, and waits for what is found. */
    JsonNode compare() throws Exception {
        order("compare");
        return Looking.until(replay -> replay.path("comparison").hasNonNull("endedAt"), this::look)
                .path("comparison");
    }

    /** Waits until it has switched by itself, old and new being the same, or a difference was found, which fails. */
    JsonNode untilSwitched() throws Exception {
        JsonNode seen = Looking.until(
                each -> each.path("phase").asText().equals("SWITCHED")
                        || each.path("comparison").path("differences").asLong() > 0,
                this::look);
        assertThat(seen.path("phase").asText()).as(seen.toPrettyString()).isEqualTo("SWITCHED");
        return seen;
    }

    JsonNode look() throws Exception {
        return client.command("GET", "/v1/replays/" + id, Map.of());
    }

    /** Waits until it has caught up and everything it handled is proved. */
    void untilReady() throws Exception {
        JsonNode seen = Looking.until(Replaying::isReady, this::look);
        assertThat(seen.path("phase").asText()).as(seen.toString()).isEqualTo("FOLLOWING");
        assertThat(seen.at("/proof/mismatches").asLong()).isZero();
    }

    /** As an operator looks whether it can be switched to. */
    private static boolean isReady(JsonNode replay) {
        return replay.path("phase").asText().equals("FOLLOWING")
                && replay.path("lagSeconds").asLong() < MOST_LAG_SECONDS
                && replay.at("/proof/proved").asLong()
                        == replay.at("/proof/ranges").asLong();
    }

    boolean isReady() throws Exception {
        return isReady(look());
    }

    void order(String order) throws Exception {
        client.command("POST", "/v1/replays/" + id + "/" + order, Map.of());
    }

    /** The version that is asked after it was switched to. */
    int version() throws Exception {
        return look().path("version").asInt();
    }
}
