package io.gamemetrics.infrastructure.embeddedservers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedServersTest {

    private static final ServerBinaries BINARIES =
            new ServerBinaries(Path.of(System.getProperty("java.io.tmpdir"), "gamemetrics-test-binaries"));

    @TempDir
    Path folder;

    @Test
    void postgresqlKeepsWhatItConfirmedThroughAKill() throws Exception {
        try (PostgresServer server = PostgresServer.start(folder, BINARIES, Map.of())) {
            server.createDatabase("events");
            server.createDatabase("events");
            try (Connection connection = connect(server);
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE TABLE kept (n int)");
                statement.execute("INSERT INTO kept VALUES (7)");
            }
            server.kill();
            server.startAgain();
            try (Connection connection = connect(server);
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT n FROM kept")) {
                assertThat(row.next()).isTrue();
            }
        }
    }

    @Test
    void postgresqlWritesThroughToTheDiskAndListensOnLoopbackOnly() throws Exception {
        try (PostgresServer server = PostgresServer.start(folder, BINARIES, Map.of())) {
            server.createDatabase("events");
            assertThat(setting(server, "fsync")).isEqualTo("on");
            assertThat(setting(server, "synchronous_commit")).isEqualTo("on");
            assertThat(setting(server, "full_page_writes")).isEqualTo("on");
            assertThat(setting(server, "listen_addresses")).isEqualTo("127.0.0.1");
        }
    }

    @Test
    void aServerLeftRunningIsStoppedByTheNextStartOnItsFolder() throws Exception {
        PostgresServer forgotten = PostgresServer.start(folder, BINARIES, Map.of());
        try (PostgresServer next = PostgresServer.start(folder, BINARIES, Map.of())) {
            assertThat(forgotten.isRunning()).isFalse();
            assertThat(next.isRunning()).isTrue();
        }
    }

    @Test
    void aProcessThatOnlyHasTheSameIdIsLeftAlone() throws Exception {
        Process stranger = new ProcessBuilder("sleep", "60").start();
        Files.writeString(folder.resolve("server.pid"), Long.toString(stranger.pid()));
        try (RedisServer server = RedisServer.start(folder, BINARIES)) {
            assertThat(server.isRunning()).isTrue();
            assertThat(stranger.isAlive()).isTrue();
        } finally {
            stranger.destroyForcibly();
        }
    }

    @Test
    void kafkaKeepsItsTopicsThroughAKill() throws Exception {
        try (KafkaServer server = KafkaServer.start(folder)) {
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", server.bootstrapServers()))) {
                admin.createTopics(List.of(new NewTopic("kept", 3, (short) 1)))
                        .all()
                        .get();
            }
            server.kill();
            server.startAgain();
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", server.bootstrapServers()))) {
                assertThat(admin.listTopics().names().get()).contains("kept");
            }
        }
    }

    @Test
    void serversRunInProcessGroupsOfTheirOwn() throws Exception {
        try (RedisServer server = RedisServer.start(folder, BINARIES)) {
            assertThat(groupOf(server.pid())).isEqualTo(server.pid());
        }
    }

    private static long groupOf(long pid) throws Exception {
        Process ps = new ProcessBuilder("ps", "-o", "pgid=", "-p", Long.toString(pid)).start();
        return Long.parseLong(
                new String(ps.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.US_ASCII).strip());
    }

    private static Connection connect(PostgresServer server) throws Exception {
        Properties credentials = new Properties();
        credentials.put("user", server.user());
        credentials.put("password", server.password());
        return DriverManager.getConnection(server.url("events"), credentials);
    }

    private static String setting(PostgresServer server, String name) throws Exception {
        try (Connection connection = connect(server);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW " + name)) {
            row.next();
            return row.getString(1);
        }
    }
}
