package io.gamemetrics.commandside.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.commandside.EmptyReplays;
import io.gamemetrics.infrastructure.replays.KnownProjection;
import io.gamemetrics.infrastructure.replays.PartitionProgress;
import io.gamemetrics.infrastructure.replays.Progress;
import io.gamemetrics.infrastructure.replays.ReplayWish;
import io.gamemetrics.infrastructure.replays.Replays;
import io.gamemetrics.infrastructure.replays.ReplaysSchema;
import io.gamemetrics.infrastructure.replays.Versions;
import io.gamemetrics.infrastructure.web.Role;
import io.gamemetrics.sharedkernel.ids.Position;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What monitoring reads of the command side about projections, none of which runs here. */
class ReplayMetersTest extends OverReplays {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final String METRICS = "{projection=\"metrics\",state=\"ACTIVE\",version=\"1\"}";
    private static final String REPLAY = "{projection=\"metrics\",version=\"2\"}";

    @BeforeEach
    @Override
    void beginAnew() throws Exception {
        EmptyReplays.make(READ_MODELS);
        new Versions(READ_MODELS).register(new KnownProjection("metrics", 1, true, 1));
    }

    @Test
    void a_dead_projection_goes_on_falling_behind() throws Exception {
        tell(1, 900, 1_000, 50, 10);
        untilRead("gamemetrics_projection_instances" + METRICS, 1);
        assertThat(read("gamemetrics_projection_lag_seconds" + METRICS).orElseThrow())
                .isLessThan(60);
        try (var connection = READ_MODELS.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("UPDATE replays.progress SET told_at = told_at - interval '5 minutes',"
                    + " as_of = as_of - interval '5 minutes'");
        }

        untilRead("gamemetrics_projection_instances" + METRICS, 0);
        assertThat(read("gamemetrics_projection_lag_seconds" + METRICS).orElseThrow())
                .isGreaterThanOrEqualTo(300);
        assertThat(read("gamemetrics_projection_events_per_second" + METRICS)).hasValue(0);
        assertThat(read("gamemetrics_projection_position" + METRICS)).hasValue(900);
        assertThat(read("gamemetrics_projection_head" + METRICS)).hasValue(1_000);
        assertThat(read("gamemetrics_projection_quarantined_streams" + METRICS)).hasValue(3);
        assertThat(read("gamemetrics_projection_troubled_partitions" + METRICS)).hasValue(1);
    }

    @Test
    void a_replay_is_told_until_it_is_over() {
        Replays replays = new Replays(READ_MODELS);
        UUID id = replays.start("metrics", ReplayWish.manual(), "tester").id();
        untilRead("gamemetrics_replay_phase" + phase("READING"), 1);
        assertThat(read("gamemetrics_replay_eta_seconds" + REPLAY).orElseThrow())
                .isNaN();
        tell(2, 400, 1_000, 160, 10);
        untilRead("gamemetrics_replay_done_ratio" + REPLAY, 0.4);
        assertThat(read("gamemetrics_replay_eta_seconds" + REPLAY)).hasValue(4);
        tell(2, 500, 1_000, 10, 10);
        untilRead("gamemetrics_replay_eta_seconds" + REPLAY, Double.POSITIVE_INFINITY);
        replays.pause(id, "tester");
        untilRead("gamemetrics_replay_paused" + REPLAY, 1);
        assertThat(read("gamemetrics_replay_eta_seconds" + REPLAY).orElseThrow())
                .isNaN();
        assertThat(read("gamemetrics_replay_mismatched_ranges" + REPLAY)).hasValue(0);
        assertThat(read("gamemetrics_replay_phase" + phase("FOLLOWING"))).hasValue(0);
        replays.cancel(id, "tester");

        await().until(() -> read("gamemetrics_replay_paused" + REPLAY).isEmpty());
    }

    @Test
    void what_can_not_be_read_is_not_told_as_it_was() throws Exception {
        tell(1, 900, 1_000, 50, 10);
        untilRead("gamemetrics_projections_readable", 1);
        untilRead("gamemetrics_projection_instances" + METRICS, 1);
        ReplaysSchema.drop(READ_MODELS);

        untilRead("gamemetrics_projections_readable", 0);
        assertThat(read("gamemetrics_projection_lag_seconds" + METRICS)).isEmpty();
    }

    private static String phase(String phase) {
        return "{phase=\"" + phase + "\",projection=\"metrics\",version=\"2\"}";
    }

    private static void untilRead(String line, double value) {
        await().untilAsserted(() -> assertThat(read(line)).hasValue(value));
    }

    private static org.awaitility.core.ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(200));
    }

    private static OptionalDouble read(String line) {
        HttpResponse<String> answer = scrape();
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body()
                .lines()
                .filter(told -> told.startsWith(line + " "))
                .map(told -> told.substring(line.length() + 1))
                .mapToDouble(value -> value.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(value))
                .findFirst();
    }

    private static HttpResponse<String> scrape() {
        int port = server.context().getWebServer().getPort();
        try {
            return CLIENT.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/actuator/prometheus"))
                            .header("Authorization", "Bearer " + server.person(Map.of("*", Set.of(Role.OPERATOR))))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static void tell(int version, long position, long head, double rate, double growth) {
        new Progress(READ_MODELS)
                .tell(
                        "metrics",
                        version,
                        List.of(new PartitionProgress(
                                0,
                                "1@here",
                                new Position(7, position),
                                head,
                                Instant.now(),
                                1,
                                rate,
                                growth,
                                3,
                                "It waits.",
                                Instant.EPOCH)));
    }
}
