package io.gamemetrics.infrastructure.eventcatalog;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.gamemetrics.infrastructure.eventstore.EventCodec.Encoded;
import io.gamemetrics.infrastructure.eventstore.EventCodec.NewEvent;
import io.gamemetrics.infrastructure.privacy.Envelope;
import io.gamemetrics.infrastructure.privacy.KeyDirectory;
import io.gamemetrics.infrastructure.privacy.PostgresVault;
import io.gamemetrics.infrastructure.testkit.RawSearch;
import io.gamemetrics.infrastructure.testkit.TestPostgres;
import io.gamemetrics.sharedkernel.ids.EventId;
import io.gamemetrics.sharedkernel.ids.GameId;
import io.gamemetrics.sharedkernel.ids.PlayerId;
import io.gamemetrics.sharedkernel.ids.SessionId;
import io.gamemetrics.sharedkernel.player.Dimensions;
import io.gamemetrics.sharedkernel.player.EventHeader;
import io.gamemetrics.sharedkernel.player.PlayerEvent.PlayerRegistered;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lies in PostgreSQL's own files, write-ahead log included, after a person was stored. */
class RawFilesTest {

    private static final String NAME = "Änna Östergård-Zamenhof";
    private static final String PLAYER = "anna.ostergard@zamenhof.example";
    private static final String SESSION = "zamenhof-session-0815";
    private static final String CONTROL = "planted-control-quagga-4711";

    @TempDir
    Path folder;

    @Test
    void nothingOfAPersonIsInTheFilesButAControlIs() throws Exception {
        try (HikariDataSource database = new HikariDataSource()) {
            database.setJdbcUrl(TestPostgres.newDatabase());
            PostgresVault vault = PostgresVault.open(database, KeyDirectory.at(folder.resolve("keys")));
            int game = vault.gameNumber(new GameId("intendo"));
            PlayerId player = new PlayerId(PLAYER);
            UUID stream = requireNonNull(vault.subjects(game, List.of(player)).get(player))
                    .pseudonym()
                    .value();
            VaultEventCodec codec = new VaultEventCodec(vault);
            EventHeader header =
                    new EventHeader(new EventId("e1"), Instant.EPOCH, new SessionId(SESSION), Dimensions.NONE, false);
            Encoded event = codec.encode(List.of(new NewEvent(stream, 0, new PlayerRegistered(header, NAME, null))))
                    .getFirst();
            byte[] sent = ("{\"playerId\":\"" + PLAYER + "\"}").getBytes(StandardCharsets.UTF_8);

            Path files;
            try (Connection connection = database.getConnection()) {
                files = filesOf(connection);
                execute(connection, "CREATE TABLE planted (bytes bytea)");
                plant(connection, event.payload());
                plant(connection, codec.sealSnapshot(stream, 0, NAME.getBytes(StandardCharsets.UTF_8)));
                plant(connection, new Envelope().seal(vault.rejectionKey(game).encryption(), new byte[0], sent));
                // More than once: the log's pages end anywhere, also in the middle of a text.
                for (int time = 0; time < 3; time++) {
                    plant(connection, CONTROL.getBytes(StandardCharsets.UTF_8));
                }
                execute(connection, "CHECKPOINT");
            }

            var found = RawSearch.forTexts(NAME, PLAYER, SESSION, CONTROL).below(files);

            assertThat(found.get(CONTROL)).as("the table's file and the log").hasSizeGreaterThanOrEqualTo(2);
            assertThat(found).extractingByKeys(NAME, PLAYER, SESSION).containsOnly(List.of());
        }
    }

    private static void plant(Connection connection, byte[] bytes) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO planted VALUES (?)")) {
            insert.setBytes(1, bytes);
            insert.executeUpdate();
        }
    }

    private static Path filesOf(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SHOW data_directory")) {
            row.next();
            return Path.of(row.getString(1));
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
