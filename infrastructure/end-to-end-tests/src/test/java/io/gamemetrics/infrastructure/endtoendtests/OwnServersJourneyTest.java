package io.gamemetrics.infrastructure.endtoendtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.infrastructure.embeddedservers.PostgresServer;
import io.gamemetrics.infrastructure.testkit.PlatformProcess;
import io.gamemetrics.infrastructure.testkit.TestKafka;
import io.gamemetrics.infrastructure.testkit.TestPostgres;
import io.gamemetrics.infrastructure.testkit.TestRedis;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Each server of one's own replaces its embedded twin alone: that is not started, and events are counted all the same. */
@Execution(ExecutionMode.CONCURRENT)
class OwnServersJourneyTest {

    @TempDir
    Path folder;

    @Test
    void withAnEventStoreAndARedisOfOnesOwnOnlyReadModelsAndKafkaAreEmbedded() throws Exception {
        PostgresServer own = TestPostgres.server();
        own.createDatabase("own_events");
        own.createDatabase("own_events_vault");
        Map<String, String> environment = new HashMap<>(database("GAMEMETRICS_POSTGRES", own, "own_events"));
        environment.put("GAMEMETRICS_REDIS_URL", TestRedis.url());

        Embedded embedded = startsAndCounts(environment);
        assertThat(embedded.servers()).containsExactlyInAnyOrder("postgres", "kafka");
        assertThat(embedded.databases()).containsExactly("gamemetrics_read");
    }

    @Test
    void withReadModelsAndAKafkaOfOnesOwnOnlyTheEventStoreAndRedisAreEmbedded() throws Exception {
        PostgresServer own = TestPostgres.server();
        own.createDatabase("own_read");
        Map<String, String> environment = new HashMap<>(database("GAMEMETRICS_TIMESCALE", own, "own_read"));
        environment.put("GAMEMETRICS_KAFKA_BOOTSTRAP_SERVERS", TestKafka.bootstrapServers());

        Embedded embedded = startsAndCounts(environment);
        assertThat(embedded.servers()).containsExactlyInAnyOrder("postgres", "redis");
        assertThat(embedded.databases()).containsExactlyInAnyOrder("gamemetrics", "gamemetrics_vault");
    }

    private static Map<String, String> database(String name, PostgresServer server, String database) {
        return Map.of(
                name + "_URL",
                server.url(database),
                name + "_USER",
                server.user(),
                name + "_PASSWORD",
                server.password());
    }

    /** What a platform ran by itself: servers by the folders of their files. */
    private record Embedded(List<String> servers, List<String> databases) {}

    private Embedded startsAndCounts(Map<String, String> environment) throws Exception {
        Path data = folder.resolve("data");
        try (PlatformProcess platform = PlatformProcess.on(data, environment).untilReady()) {
            SteadySenders senders = SteadySenders.of(new CommandLine(data), "own");
            var sent = senders.sendAgain(new CommandLine(data), List.of("p1-1", "p2-1"));
            assertThat(senders.counted(
                            new CommandLine(data), sent.path("position").asText()))
                    .isEqualTo(2);
            assertThat(platform.output()).doesNotContain("ended unexpectedly");
            return new Embedded(servers(data.resolve("servers")), databases(data.resolve("servers/postgres")));
        }
    }

    private static List<String> servers(Path folder) throws Exception {
        try (Stream<Path> folders = Files.list(folder)) {
            return folders.map(each -> each.getFileName().toString())
                    .filter(name -> !name.equals("binaries"))
                    .toList();
        }
    }

    private static List<String> databases(Path postgres) throws Exception {
        String port = Files.readAllLines(postgres.resolve("data/postmaster.pid"))
                .get(3)
                .strip();
        String password = Files.readString(postgres.resolve("password")).strip();
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:" + port + "/postgres", "gamemetrics", password);
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("SELECT datname FROM pg_database WHERE datname LIKE 'gamemetrics%'")) {
            List<String> names = new ArrayList<>();
            while (rows.next()) {
                names.add(rows.getString(1));
            }
            return names;
        }
    }
}
