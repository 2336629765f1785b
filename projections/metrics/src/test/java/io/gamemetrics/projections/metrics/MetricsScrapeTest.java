package io.gamemetrics.projections.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.infrastructure.testkit.TestKafka;
import io.gamemetrics.infrastructure.testkit.TestPostgres;
import io.gamemetrics.projections.service.ProjectionProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;

/** What a projection's process tells monitoring, as it is started where it is operated. */
class MetricsScrapeTest {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final String TOKEN = "a-token-of-monitoring";

    @TempDir
    Path folder;

    @Test
    void it_tells_how_it_is_doing_to_who_has_the_token() throws Exception {
        try (ServletWebServerApplicationContext service = start("--gamemetrics.scrape-token=" + TOKEN)) {
            HttpResponse<String> read = get(service, "/actuator/prometheus", TOKEN);
            assertThat(read.statusCode()).isEqualTo(200);
            assertThat(read.body())
                    .contains("gamemetrics_instance_healthy{projection=\"metrics\"} 1.0")
                    .contains("gamemetrics_instance_lag_seconds{projection=\"metrics\"}")
                    .contains("jvm_memory_used_bytes{");
            for (String path : List.of("/actuator/prometheus", "/actuator", "/x", "/actuator/healthy")) {
                assertThat(get(service, path, null).statusCode()).as(path).isEqualTo(401);
                assertThat(get(service, path, "another").statusCode()).as(path).isEqualTo(401);
            }
            assertThat(get(service, "/actuator/health", null).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void without_a_token_configured_only_health_answers() throws Exception {
        try (ServletWebServerApplicationContext service = start()) {
            for (String token : new String[] {null, "", "null"}) {
                assertThat(get(service, "/actuator/prometheus", token).statusCode())
                        .isEqualTo(401);
            }
            assertThat(get(service, "/actuator/health", null).statusCode()).isEqualTo(200);
        }
    }

    private ServletWebServerApplicationContext start(String... more) {
        List<String> arguments = new ArrayList<>(List.of(more));
        Map.of(
                        "gamemetrics.postgres.url",
                        TestPostgres.newDatabase(),
                        "gamemetrics.vault.url",
                        TestPostgres.newDatabase(),
                        "gamemetrics.timescale.url",
                        TestPostgres.newDatabase(),
                        "gamemetrics.key-dir",
                        folder.toString(),
                        "gamemetrics.kafka.bootstrap-servers",
                        TestKafka.bootstrapServers())
                .forEach((name, value) -> arguments.add("--" + name + "=" + value));
        for (String each : List.of("postgres", "vault", "timescale")) {
            arguments.add(
                    "--gamemetrics." + each + ".user=" + TestPostgres.server().user());
            arguments.add("--gamemetrics." + each + ".password="
                    + TestPostgres.server().password());
        }
        return (ServletWebServerApplicationContext)
                ProjectionProcess.main(MetricsService.class, "metrics", 0, arguments.toArray(String[]::new));
    }

    private static HttpResponse<String> get(
            ServletWebServerApplicationContext service, String path, @Nullable String token)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + service.getWebServer().getPort() + path));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
