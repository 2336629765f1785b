package io.gamemetrics.commandside.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.gamemetrics.infrastructure.eventstore.EventStore;
import io.gamemetrics.infrastructure.replays.Comparisons;
import io.gamemetrics.infrastructure.replays.Difference;
import io.gamemetrics.infrastructure.replays.Replays;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What operators order of parts of read models, and how old and new are compared, over HTTP. */
class ReplayPartRestApiTest extends OverReplays {

    @Test
    void a_part_is_said_back_as_it_was_wanted_and_counted_for_a_dry_run() {
        server.createGame("parted");
        server.createGame("other");
        String part = "{\"projection\":\"metrics\",\"games\":[\"parted\"],\"from\":\"2026-01-01T00:00:00Z\"%s}";
        JsonNode dry = start(part.formatted(",\"dryRun\":true")).body();
        assertThat(dry.path("events").asLong())
                .as("all of the one game's, none of the other's")
                .isBetween(
                        1L,
                        server.context().getBean(EventStore.class).position().number() - 1);
        String id = start(part.formatted("")).body().path("replayId").asText();

        JsonNode replay = get("/v1/replays/" + id).body();
        assertThat(replay.path("phase").asText()).isEqualTo("TAKING_OVER");
        assertThat(replay.path("part").toString())
                .startsWith("{\"games\":[\"parted\"],\"from\":\"2026-01-01T00:00:00Z\",\"to\":\"2")
                .endsWith("\",\"types\":[]}");
    }

    @Test
    void a_time_without_an_end_ends_when_it_is_ordered() {
        String id = start("{\"projection\":\"metrics\",\"from\":\"2026-01-01T00:00:00Z\"}")
                .body()
                .path("replayId")
                .asText();

        assertThat(Instant.parse(get("/v1/replays/" + id).body().at("/part/to").asText()))
                .isBetween(Instant.now().minusSeconds(60), Instant.now());
    }

    @Test
    void what_handles_some_types_alone_is_never_given_to_readers() {
        String id = start("{\"projection\":\"metrics\",\"types\":[\"player.purchase-made\"]}")
                .body()
                .path("replayId")
                .asText();
        new Replays(READ_MODELS).caughtUp(UUID.fromString(id), 1_000);
        tell(2, 1_000, 1_000, 1_000, 1, 1);

        assertThat(order(id, "switch").body().path("code").asText()).isEqualTo("replay.onlyCompared");
        assertThat(get("/v1/replays/" + id).body().at("/part/types").toString())
                .as("with those that purchases complete")
                .isEqualTo("[\"player.purchase-made\",\"player.purchase-refunded\"]");
    }

    @Test
    void old_and_new_are_compared_when_somebody_asks_and_what_differs_is_listed() {
        String id = started();
        assertThat(order(id, "compare").status()).as("nothing to compare yet").isEqualTo(409);
        new Replays(READ_MODELS).caughtUp(UUID.fromString(id), 1_000);
        assertThat(order(id, "compare").body().at("/comparison/state").asText()).isEqualTo("WANTED");
        Comparisons comparisons = new Comparisons(READ_MODELS);
        long wanted = comparisons.take(UUID.fromString(id), "one").orElseThrow().id();
        comparisons.done(
                wanted,
                "one",
                7,
                List.of(new Difference("days", 0, "2026-11-29", 5, 6, 1L, 2L, null, List.of("7.90"))));

        JsonNode comparison = get("/v1/replays/" + id).body().path("comparison");
        assertThat(comparison.path("state").asText()).isEqualTo("DONE");
        assertThat(comparison.path("differences").asInt()).isEqualTo(7);
        assertThat(comparison.at("/found/0").toString())
                .isEqualTo("{\"section\":\"days\",\"game\":null,\"part\":\"2026-11-29\",\"oldCount\":5,\"newCount\":6,"
                        + "\"oldChecksum\":1,\"newChecksum\":2,\"distance\":null,\"positions\":[\"7.90\"]}");
        assertThat(order(UUID.randomUUID().toString(), "compare").status()).isEqualTo(404);
        order(id, "pause");
        assertThat(order(id, "compare").body().path("code").asText()).isEqualTo("replay.paused");
    }
}
