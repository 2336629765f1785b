package io.gamemetrics.commandside.datasubject;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.commandside.TestCommandSide;
import io.gamemetrics.commandside.TestCommandSide.Answer;
import io.gamemetrics.commandside.TestCommandSide.Databases;
import io.gamemetrics.infrastructure.privacy.PostgresVault;
import io.gamemetrics.infrastructure.privacy.RequestStanding;
import io.gamemetrics.infrastructure.privacy.SubjectRequestsReader;
import io.gamemetrics.infrastructure.web.Role;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** How far requests are is known to who reads the vault alone, whatever dies in between. */
class StandingsTest {

    private static final String REQUESTS = "/v1/data-subject-requests";
    private static final Databases DATABASES = Databases.create();

    private static TestCommandSide server;
    private static SubjectRequestsReader reader;
    private static String privacy;

    @BeforeAll
    static void start() {
        server = TestCommandSide.start(DATABASES);
        server.createGame("standing");
        server.createGame("sitting");
        privacy = server.person(Map.of("standing", Set.of(Role.PRIVACY), "sitting", Set.of(Role.PRIVACY)));
        PGSimpleDataSource vault = new PGSimpleDataSource();
        vault.setUrl(DATABASES.vault());
        reader = new SubjectRequestsReader(vault);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void eachStepIsPutDownAtOnce() {
        UUID request = made();
        assertThat(standing(request))
                .contains(new RequestStanding(
                        "ERASURE",
                        "RECEIVED",
                        List.of("standing", "sitting"),
                        3,
                        Instant.parse("2026-11-22T09:00:00Z"),
                        Instant.parse("2026-12-22T09:00:00Z"),
                        false));
        step(request, "hold", "{\"reason\":\"a court\"}");
        assertThat(standing(request)).map(RequestStanding::phase).contains("HELD");
        step(request, "release", "");
        step(request, "confirm-identity", "{\"how\":\"signed in\"}");
        assertThat(standing(request)).map(RequestStanding::phase).contains("IDENTITY_CONFIRMED");
        step(request, "refuse", "{\"reason\":\"nobody of ours\"}");
        assertThat(standing(request)).map(RequestStanding::phase).contains("REFUSED");
        assertThat(unsettled()).doesNotContain(request);
    }

    @Test
    void anotherDueDateIsPutDown() {
        UUID request = made();
        step(request, "extend", "{\"reason\":\"very many\"}");
        assertThat(standing(request)).hasValueSatisfying(standing -> {
            assertThat(standing.extended()).isTrue();
            assertThat(standing.dueAt()).isEqualTo("2027-02-22T09:00:00Z");
        });
    }

    @Test
    void whatNobodyPutDownIsLookedAfter() throws SQLException {
        UUID request = made();
        execute("DELETE FROM request_standing WHERE request = '" + request + "'");
        assertThat(standing(request)).isEmpty();
        assertThat(unsettled()).contains(request);

        server.context().getBean(Standings.class).lookAfter();
        assertThat(standing(request)).map(RequestStanding::phase).contains("RECEIVED");

        step(request, "hold", "{\"reason\":\"a court\"}");
        execute("UPDATE request_standing SET events = 1, phase = 'RECEIVED' WHERE request = '" + request + "'");
        server.context().getBean(Standings.class).lookAfter();
        assertThat(standing(request)).map(RequestStanding::phase).contains("HELD");
    }

    @Test
    void whoIsSlowOverwritesNothing() {
        UUID request = made();
        step(request, "hold", "{\"reason\":\"a court\"}");
        RequestStanding now = standing(request).orElseThrow();
        RequestStanding before = new RequestStanding(
                now.type(), "RECEIVED", now.games(), now.subjects(), now.receivedAt(), now.dueAt(), false);
        server.context().getBean(PostgresVault.class).requestStandings().put(request, 1, before, false);
        assertThat(standing(request)).contains(now);
    }

    private static List<UUID> unsettled() {
        return server.context().getBean(PostgresVault.class).requestStandings().unsettled(null, 1_000);
    }

    private static Optional<RequestStanding> standing(UUID request) {
        return reader.request(null, request).map(SubjectRequestsReader.Seen::standing);
    }

    private static UUID made() {
        String subject = "{\"gameId\":\"%s\",\"playerId\":\"%s\"}";
        String subjects = subject.formatted("standing", "anna") + "," + subject.formatted("sitting", "anna") + ","
                + subject.formatted("standing", "bert");
        Answer answer = post(
                "", "{\"type\":\"ERASURE\",\"receivedAt\":\"2026-11-22T09:00:00Z\",\"subjects\":[" + subjects + "]}");
        assertThat(answer.status()).isEqualTo(201);
        return UUID.fromString(answer.body().get("requestId").textValue());
    }

    private static void step(UUID request, String step, String body) {
        assertThat(post("/" + request + "/" + step, body).status()).isEqualTo(200);
    }

    private static Answer post(String path, String body) {
        return server.send("POST", REQUESTS + path, privacy, "application/json", body.getBytes(StandardCharsets.UTF_8));
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(DATABASES.vault());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
