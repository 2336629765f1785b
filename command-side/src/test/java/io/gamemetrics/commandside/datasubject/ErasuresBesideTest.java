package io.gamemetrics.commandside.datasubject;

import static io.gamemetrics.commandside.datasubject.Played.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gamemetrics.commandside.TestCommandSide;
import io.gamemetrics.commandside.TestCommandSide.Answer;
import io.gamemetrics.commandside.TestCommandSide.Databases;
import io.gamemetrics.infrastructure.erasures.ErasureAnswer;
import io.gamemetrics.infrastructure.erasures.ErasureOrder;
import io.gamemetrics.infrastructure.erasures.ErasureOrder.Step;
import io.gamemetrics.infrastructure.erasures.ErasureOrders;
import io.gamemetrics.infrastructure.eventcatalog.StoredRemainder;
import io.gamemetrics.infrastructure.eventstore.EventCodec;
import io.gamemetrics.infrastructure.eventstore.EventGroup;
import io.gamemetrics.infrastructure.eventstore.EventStore;
import io.gamemetrics.infrastructure.privacy.Erasures.Readmission;
import io.gamemetrics.infrastructure.privacy.PostgresVault;
import io.gamemetrics.infrastructure.web.Role;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.RequestCompleted;
import io.gamemetrics.sharedkernel.erasure.Remainder;
import io.gamemetrics.sharedkernel.ids.GameId;
import io.gamemetrics.sharedkernel.ids.PlayerId;
import io.gamemetrics.sharedkernel.ids.Position;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Erasures beside rebuilds, slower replicas, and requests that went no further. Read models are played by this test. */
class ErasuresBesideTest {

    private static final String GAME = "beside";
    private static final PlayedReadModels READ_MODELS = PlayedReadModels.of("metrics");
    private static final ErasureOrders ORDERS = READ_MODELS.orders();
    private static final byte[] STAYS = StoredRemainder.write(new Remainder(LocalDate.of(2026, 1, 1), null, List.of()));

    private static TestCommandSide server;
    private static String key;
    private static String privacy;
    private static PostgresVault vault;
    private static EventStore store;
    private static EventCodec codec;

    @BeforeAll
    static void start() {
        server = TestCommandSide.start(Databases.create(), READ_MODELS.settings("5s"));
        key = server.createGame(GAME);
        privacy = server.person(Map.of(GAME, Set.of(Role.PRIVACY)));
        vault = server.context().getBean(PostgresVault.class);
        store = server.context().getBean(EventStore.class);
        codec = server.context().getBean(EventCodec.class);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void forgetVersions() throws SQLException {
        run("DELETE FROM replays.version WHERE number > 1");
    }

    @Test
    void aRebuildUnderWayHoldsUpTheCertificateAndNothingElse() throws SQLException {
        UUID stream = played("anna");
        run("INSERT INTO replays.version (projection, number, state) VALUES ('metrics', 2, 'BUILDING')");
        UUID request = erase("anna");

        answer(request, Step.REMAINDER, 1);
        answer(request, Step.PURGE, 1);
        awaitStep(request, Step.SCAN);
        assertThat(vault.erased(List.of(stream))).as("its key is gone").containsExactly(stream);
        answer(request, Step.SCAN, 1);
        awaitAllStores(request);
        assertThat(phase(request)).isEqualTo("EXECUTING");
        run("UPDATE replays.version SET state = 'DROPPING' WHERE number = 2");
        // Longer than a lease, which holds it up too.
        await().during(Duration.ofSeconds(6))
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> phase(request).equals("EXECUTING"));
        run("UPDATE replays.version SET state = 'DROPPED' WHERE number = 2");
        awaitCompleted(request);
        assertThat(server.get("/v1/data-subject-requests/" + request + "/certificate", privacy)
                        .body()
                        .get("evidence")
                        .findValuesAsText("text"))
                .anyMatch(text -> text.matches("subject 0 searched events [1-9][0-9]* values .*hits 0"))
                .anyMatch(text -> text.startsWith("subject 0 searched vault "));
    }

    @Test
    void aCertificateWaitsUntilNoLeaseIsLeft() {
        played("late");
        UUID request = erase("late");
        answer(request, Step.REMAINDER, 1);
        answer(request, Step.PURGE, 1);
        answer(request, Step.SCAN, 1);
        awaitCompleted(request);
        var certificate = server.get("/v1/data-subject-requests/" + request + "/certificate", privacy)
                .body();
        String destroyed = certificate.get("evidence").findValuesAsText("text").stream()
                .filter(text -> text.contains("key destroyed at "))
                .map(text -> text.substring(text.indexOf(" at ") + 4))
                .findFirst()
                .orElseThrow();
        assertThat(Instant.parse(certificate.get("issuedAt").textValue()))
                .isAfterOrEqualTo(Instant.parse(destroyed).plusSeconds(5));
    }

    @Test
    void aSlowerReplicaFreezesNobodyWhoWasReadmitted() {
        played("cleo");
        UUID request = erase("cleo");
        answer(request, Step.REMAINDER, 1);
        answer(request, Step.PURGE, 1);
        answer(request, Step.SCAN, 1);
        awaitCompleted(request);
        int game = vault.findGameNumber(new GameId(GAME)).orElseThrow();
        assertThat(vault.erasures().readmit(game, new PlayerId("cleo"))).isEqualTo(Readmission.READMITTED);

        RequestState now =
                server.context().getBean(RequestViews.class).find(request).orElseThrow();
        slower().take(
                        request,
                        0,
                        new Intake(List.of(new Intake.Subject(GAME, "cleo")), null, null),
                        new RequestState.Executing(now.request(), now.dueAt(), Instant.now()));

        assertThat(vault.erasedNow(game, List.of(new PlayerId("cleo")))).isEmpty();
    }

    private static SubjectErasure slower() {
        RequestCommands commands = server.context().getBean(RequestCommands.class);
        RequestViews views = server.context().getBean(RequestViews.class);
        PersonStores stores = server.context().getBean(PersonStores.class);
        return new SubjectErasure(
                stores,
                commands,
                views,
                new Answered(stores.versions(), List.of()),
                new Exports(stores, new EndedStreams(vault, views, store), commands, views, Clock.systemUTC()),
                Clock.systemUTC());
    }

    @Test
    void anOrderThatADeathLeftGoesWithItsRequest() {
        UUID request = UUID.randomUUID();
        ORDERS.begin(
                new ErasureOrder(request, 7, 1, List.of(UUID.randomUUID()), List.of(1), Step.SCAN, new Position(1, 1)));
        new RequestEnd(
                        vault,
                        new EndedStreams(vault, server.context().getBean(RequestViews.class), store),
                        server.context().getBean(RequestCommands.class),
                        store,
                        ORDERS,
                        Duration.ofSeconds(1),
                        Clock.systemUTC())
                .forget(request);
        assertThat(ORDERS.all(request)).isEmpty();
    }

    @Test
    void aRefusedRequestKeepsNobodyOnceItIsDue() {
        UUID due = refused("2026-01-01T00:00:00Z");
        UUID notDue = refused(Instant.now().toString());
        await().pollInterval(Duration.ofMillis(50))
                .until(() -> vault.requestSecrets().find(due, Intake.NAME).isEmpty());
        assertThat(vault.requestSecrets().find(notDue, Intake.NAME))
                .as("it may have to be answered")
                .isPresent();
        assertThat(phase(due)).isEqualTo("REFUSED");
    }

    @Test
    void aRequestWhoseEventsMakeNoSenseHidesNoOther() {
        UUID broken = UUID.randomUUID();
        int game = vault.findGameNumber(new GameId(GAME)).orElseThrow();
        vault.gameStreams(game, List.of(broken));
        var encoded = codec.encode(List.of(new EventCodec.NewEvent(
                broken, 0, new RequestCompleted(broken, "ab", Instant.parse("2026-01-01T00:00:00Z")))));
        store.append(EventGroup.of(List.of(new EventGroup.Row(broken, 0, encoded.getFirst()))));
        UUID whole = refused(Instant.now().toString());

        assertThat(server.context().getBean(RequestViews.class).find(List.of(broken, whole)))
                .containsOnlyKeys(whole);
    }

    private static UUID played(String player) {
        server.events(GAME, key, "[" + event("e-" + player, player) + "]");
        int game = vault.findGameNumber(new GameId(GAME)).orElseThrow();
        PlayerId id = new PlayerId(player);
        return vault.findSubjects(game, List.of(id))
                .values()
                .iterator()
                .next()
                .pseudonym()
                .value();
    }

    private static UUID erase(String player) {
        Answer answer = server.send("DELETE", "/v1/games/" + GAME + "/players/" + player, privacy, null, new byte[0]);
        assertThat(answer.status()).isEqualTo(202);
        return UUID.fromString(answer.body().get("requestId").textValue());
    }

    private static UUID refused(String receivedAt) {
        String body = "{\"type\":\"ERASURE\",\"subjects\":[{\"gameId\":\"" + GAME
                + "\",\"playerId\":\"dora\"}],\"receivedAt\":\"" + receivedAt + "\"}";
        Answer made = post("", body);
        assertThat(made.status()).as(made.body().toString()).isEqualTo(201);
        String id = made.body().get("requestId").textValue();
        assertThat(post("/" + id + "/refuse", "{\"reason\":\"nobody of ours\"}").status())
                .isEqualTo(200);
        return UUID.fromString(id);
    }

    private static Answer post(String path, String body) {
        return server.send(
                "POST",
                "/v1/data-subject-requests" + path,
                privacy,
                "application/json",
                body.getBytes(StandardCharsets.UTF_8));
    }

    private static void answer(UUID request, Step step, int version) {
        awaitStep(request, step);
        ORDERS.answer(
                ORDERS.find(request, 0).orElseThrow(),
                new ErasureAnswer("metrics", version, Map.of(), step == Step.REMAINDER ? STAYS : new byte[0]));
    }

    private static void awaitStep(UUID request, Step step) {
        await().pollInterval(Duration.ofMillis(50)).until(() -> ORDERS.find(request, 0)
                .filter(order -> order.step() == step)
                .isPresent());
    }

    private static void awaitAllStores(UUID request) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> ORDERS.answers(request, 0, Step.SCAN).stream()
                        .map(ErasureAnswer::projection)
                        .toList()
                        .containsAll(List.of("events", "vault", "erasures")));
    }

    private static void awaitCompleted(UUID request) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> phase(request).equals("COMPLETED"));
    }

    private static String phase(UUID request) {
        return server.get("/v1/data-subject-requests/" + request, privacy)
                .body()
                .path("phase")
                .asText();
    }

    private static void run(String sql) throws SQLException {
        try (Connection connection = READ_MODELS.database().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
