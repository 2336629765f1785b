package io.gamemetrics.commandside.datasubject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.gamemetrics.commandside.TestCommandSide;
import io.gamemetrics.commandside.TestCommandSide.Answer;
import io.gamemetrics.commandside.TestCommandSide.Databases;
import io.gamemetrics.infrastructure.erasures.ErasuresSchema;
import io.gamemetrics.infrastructure.eventstore.EventStore;
import io.gamemetrics.infrastructure.privacy.KeyDirectory;
import io.gamemetrics.infrastructure.privacy.PostgresVault;
import io.gamemetrics.infrastructure.privacy.RequestSecrets;
import io.gamemetrics.infrastructure.privacy.VaultCopies;
import io.gamemetrics.infrastructure.replays.ReplaysSchema;
import io.gamemetrics.infrastructure.testkit.TestPostgres;
import io.gamemetrics.infrastructure.web.Role;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** The event store is put back to before requests were made, decided, or over: none is forgotten. */
class RestoredRequestsTest {

    private static final String REQUESTS = "/v1/data-subject-requests";

    private final PGSimpleDataSource readModels = new PGSimpleDataSource();
    private final Databases databases = Databases.create();

    @Test
    void requestsAndWhatWasDecidedAboutThemComeBackUnderTheirOwnIds() throws SQLException {
        readModels.setUrl(TestPostgres.newDatabase());
        ReplaysSchema.migrate(readModels);
        ErasuresSchema.migrate(readModels);
        UUID older;
        UUID newer;
        UUID refused;
        JsonNode olderBefore;
        JsonNode newerBefore;
        long backup;
        try (TestCommandSide server = start()) {
            server.createGame("back");
            older = create(server, "anna");
            awaitKept(server, older, 2);
            backup = server.context().getBean(EventStore.class).position().number();
            newer = create(server, "bert");
            refused = create(server, "carl");
            decide(server, older, "hold");
            decide(server, newer, "hold");
            decide(server, refused, "refuse");
            awaitKept(server, older, 3);
            awaitKept(server, newer, 3);
            awaitKept(server, refused, 3);
            olderBefore = look(server, older).body();
            newerBefore = look(server, newer).body();
        }
        putEventsBackTo(backup);

        // Nothing waits for read models, which are the last to come back.
        readModels.setUrl(TestPostgres.server().url("nowhere"));
        try (TestCommandSide server = start()) {
            assertThat(look(server, newer).body()).isEqualTo(newerBefore);
            assertThat(look(server, older).body()).isEqualTo(olderBefore);
            assertThat(look(server, refused).body().path("phase").asText()).isEqualTo("REFUSED");
            assertThat(newerBefore.path("phase").asText()).isEqualTo("HELD");
            assertThat(decide(server, newer, "release").path("phase").asText()).isEqualTo("IDENTITY_CONFIRMED");
            assertThat(server.context()
                            .getBean(PostgresVault.class)
                            .audit()
                            .verify()
                            .intact())
                    .isTrue();
        }
    }

    @Test
    void whatWasOverIsOverAndNobodyExecutesItAgain() throws SQLException {
        readModels.setUrl(TestPostgres.newDatabase());
        UUID copied;
        UUID uncopied;
        JsonNode copiedBefore;
        JsonNode uncopiedBefore;
        long backup;
        try (TestCommandSide server = start()) {
            server.createGame("back");
            copied = create(server, "dora");
            uncopied = create(server, "ella");
            backup = server.context().getBean(EventStore.class).position().number();
            copiedBefore = completed(server, copied);
            uncopiedBefore = completed(server, uncopied);
        }
        sql(databases.vault(), "DELETE FROM request_over WHERE request = '" + uncopied + "'");
        putEventsBackTo(backup);

        try (TestCommandSide server = start()) {
            assertThat(look(server, copied).body()).isEqualTo(copiedBefore);
            JsonNode without = look(server, uncopied).body();
            assertThat(without.path("phase")).isEqualTo(uncopiedBefore.path("phase"));
            assertThat(without.path("certificate")).isEqualTo(uncopiedBefore.path("certificate"));
            assertThat(without.has("identityConfirmed")).isFalse();
            for (UUID over : List.of(copied, uncopied)) {
                for (String step : List.of("execute", "hold", "refuse", "extend")) {
                    Answer refused = post(server, "/" + over + "/" + step, "{\"reason\": \"once more\"}");
                    assertThat(refused.body().path("code").asText()).as(step).isEqualTo("request.over");
                }
            }
            sql(databases.vault(), "DELETE FROM request_over");
            EndedStreams ended = new EndedStreams(
                    server.context().getBean(PostgresVault.class),
                    server.context().getBean(RequestViews.class),
                    server.context().getBean(EventStore.class));
            ended.giveBack();
            assertThat(server.context()
                            .getBean(PostgresVault.class)
                            .requestEndings()
                            .over(null, 10))
                    .as("those that ended before anybody kept their events")
                    .containsEntry(copied, 6)
                    .containsEntry(uncopied, 0);
        }
    }

    private static JsonNode completed(TestCommandSide server, UUID request) {
        assertThat(post(server, "/" + request + "/execute", "").status()).isEqualTo(202);
        await().pollInterval(Duration.ofMillis(50)).until(() -> server.context()
                .getBean(PostgresVault.class)
                .requestEndings()
                .ending(request)
                .isPresent());
        JsonNode over = look(server, request).body();
        assertThat(over.path("phase").asText()).isEqualTo("COMPLETED");
        assertThat(over.hasNonNull("certificate")).isTrue();
        return over;
    }

    @Test
    void whatCannotComeBackIsNotTakenForARequestThatWasNeverMade() throws SQLException {
        readModels.setUrl(TestPostgres.newDatabase());
        UUID lost = UUID.randomUUID();
        UUID halfMade = UUID.randomUUID();
        byte[] intake = new Intake(List.of(new Intake.Subject("back", "anna")), null, null).toBytes();
        try (TestCommandSide server = start()) {
            RequestSecrets secrets =
                    server.context().getBean(PostgresVault.class).requestSecrets();
            PGSimpleDataSource vault = new PGSimpleDataSource();
            vault.setUrl(databases.vault());
            secrets.put(lost, Intake.NAME, intake);
            secrets.put(halfMade, Intake.NAME, intake);
            new VaultCopies(vault, KeyDirectory.at(databases.keys())).keepLost(lost);
            sql(databases.vault(), "UPDATE request_key SET made_at = clock_timestamp() - interval '91 days'");

            awaitGone(secrets, halfMade);
            assertThat(secrets.find(lost, Intake.NAME)).isPresent();

            sql(databases.vault(), "UPDATE request_key SET made_at = clock_timestamp() - interval '93 days'");
            awaitGone(secrets, lost);
        }
    }

    private static void awaitGone(RequestSecrets secrets, UUID request) {
        await().pollInterval(Duration.ofMillis(50))
                .until(() -> secrets.find(request, Intake.NAME).isEmpty());
    }

    private TestCommandSide start() {
        return TestCommandSide.start(
                databases,
                Map.of(
                        "gamemetrics.erasures.leases",
                        "1s",
                        "gamemetrics.timescale.url",
                        readModels.getUrl(),
                        "gamemetrics.timescale.user",
                        TestPostgres.server().user(),
                        "gamemetrics.timescale.password",
                        TestPostgres.server().password()));
    }

    private static UUID create(TestCommandSide server, String player) {
        Answer made = post(server, "", """
                {"type": "ERASURE", "subjects": [{"gameId": "back", "playerId": "%s"}],
                 "identity": {"confirmed": true, "how": "signed in"}}""".formatted(player));
        assertThat(made.status()).as(made.body().toString()).isEqualTo(201);
        return UUID.fromString(made.body().path("requestId").asText());
    }

    private static JsonNode decide(TestCommandSide server, UUID request, String step) {
        Answer decided = post(server, "/" + request + "/" + step, "{\"reason\": \"a court asks\"}");
        assertThat(decided.status()).as(decided.body().toString()).isEqualTo(200);
        return decided.body();
    }

    private static Answer post(TestCommandSide server, String path, String json) {
        return server.send(
                "POST", REQUESTS + path, privacy(server), "application/json", json.getBytes(StandardCharsets.UTF_8));
    }

    private static Answer look(TestCommandSide server, UUID request) {
        return server.get(REQUESTS + "/" + request, privacy(server));
    }

    private static void awaitKept(TestCommandSide server, UUID request, int events) {
        RequestSecrets secrets = server.context().getBean(PostgresVault.class).requestSecrets();
        await().pollInterval(Duration.ofMillis(50)).until(() -> {
            Optional<byte[]> kept = secrets.find(request, RequestSecrets.STREAM);
            return kept.map(CopiedEvent::listOf).map(List::size).orElse(0) == events;
        });
    }

    /** What a backup of that moment leaves. */
    private void putEventsBackTo(long position) throws SQLException {
        sql(
                databases.store(),
                "DELETE FROM stream_key k USING events e WHERE k.stream = e.stream AND k.sequence = e.sequence"
                        + " AND e.position > " + position,
                "DELETE FROM events WHERE position > " + position,
                "UPDATE stream_head SET position = " + position);
    }

    private static void sql(String database, String... statements) throws SQLException {
        try (var connection = DriverManager.getConnection(database);
                var statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }

    private static String privacy(TestCommandSide server) {
        return server.person(Map.of("back", Set.of(Role.PRIVACY)));
    }
}
