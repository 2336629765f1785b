package io.gamemetrics.commandside.datasubject;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.gamemetrics.commandside.TestCommandSide;
import io.gamemetrics.commandside.TestCommandSide.Answer;
import io.gamemetrics.commandside.TestCommandSide.Databases;
import io.gamemetrics.infrastructure.erasures.ErasureAnswer;
import io.gamemetrics.infrastructure.erasures.ErasureOrder;
import io.gamemetrics.infrastructure.erasures.ErasureOrder.Step;
import io.gamemetrics.infrastructure.erasures.ErasureOrders;
import io.gamemetrics.infrastructure.eventcatalog.StoredRemainder;
import io.gamemetrics.infrastructure.privacy.PostgresVault;
import io.gamemetrics.infrastructure.web.Role;
import io.gamemetrics.sharedkernel.erasure.Remainder;
import io.gamemetrics.sharedkernel.ids.GameId;
import io.gamemetrics.sharedkernel.ids.PlayerId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.ZipInputStream;

/** A real command side, beside which a test plays the part of two read models, metrics and players. */
final class ReadModelsPart implements AutoCloseable {

    private static final String REQUESTS = "/v1/data-subject-requests";

    private final PlayedReadModels readModels = PlayedReadModels.of("metrics", "players");
    private final AtomicInteger games = new AtomicInteger();
    private final TestCommandSide server = TestCommandSide.start(Databases.create(), readModels.settings("1s"));
    private final ErasureOrders orders = readModels.orders();

    /** A new game, and somebody with the privacy role in it. */
    Playing newGame() {
        String game = "planned-" + games.incrementAndGet();
        String key = server.createGame(game);
        return new Playing(game, key, server.person(Map.of(game, Set.of(Role.PRIVACY))));
    }

    ErasureOrders orders() {
        return orders;
    }

    TestCommandSide server() {
        return server;
    }

    PostgresVault vault() {
        return server.context().getBean(PostgresVault.class);
    }

    /** Has the vault forget what it keeps of a request under this name, as one does that was put back to before. */
    void forgetInVault(String request, String name) {
        String vault = server.context().getEnvironment().getRequiredProperty("gamemetrics.vault.url");
        try (var connection = DriverManager.getConnection(vault);
                var delete = connection.prepareStatement("DELETE FROM request_secret WHERE request = ? AND name = ?")) {
            delete.setObject(1, UUID.fromString(request));
            delete.setString(2, name);
            assertThat(delete.executeUpdate()).isEqualTo(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    ErasureOrder awaitOrder(Step step, UUID stream) {
        return await().pollInterval(Duration.ofMillis(50))
                .until(
                        () -> orders.open("metrics", 1, 1_000).stream()
                                .filter(order ->
                                        order.step() == step && order.streams().contains(stream))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    static Map<String, String> unzipped(Answer answer) throws IOException {
        Map<String, String> files = new TreeMap<>();
        byte[] archive = answer.response().body();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                files.put(entry.getName(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return files;
    }

    @Override
    public void close() {
        server.close();
    }

    /** One game. */
    final class Playing {

        final String game;
        final String key;
        final String privacy;

        Playing(String game, String key, String privacy) {
            this.game = game;
            this.key = key;
            this.privacy = privacy;
        }

        void send(String... events) {
            Answer answer = server.events(game, key, "[" + String.join(",", events) + "]");
            assertThat(answer.status()).isEqualTo(200);
        }

        UUID stream(String player) {
            PlayerId id = new PlayerId(player);
            int number = vault().findGameNumber(new GameId(game)).orElseThrow();
            return requireNonNull(vault().findSubjects(number, List.of(id)).get(id))
                    .pseudonym()
                    .value();
        }

        /** @return the request's id */
        String request(String type, String... players) {
            String subjects = Arrays.stream(players)
                    .map(player -> "{\"gameId\":\"" + game + "\",\"playerId\":\"" + player + "\"}")
                    .collect(joining(","));
            Answer answer = post(
                    "",
                    "{\"type\":\"" + type + "\",\"subjects\":[" + subjects
                            + "],\"identity\":{\"confirmed\":true,\"how\":\"signed in\"}}");
            assertThat(answer.status()).isEqualTo(201);
            return answer.body().get("requestId").textValue();
        }

        Answer post(String path, String body) {
            return server.send(
                    "POST", REQUESTS + path, privacy, "application/json", body.getBytes(StandardCharsets.UTF_8));
        }

        Answer get(String path) {
            return server.get(REQUESTS + path, privacy);
        }

        /** What is in the ZIP of an export: texts by name. */
        Map<String, String> export(String request) throws IOException {
            return unzipped(get("/" + request + "/export"));
        }

        /** @return the id of a request that is to keep what the player bought */
        String toKeep(String player, String until) {
            Answer answer = post("", keeping(player, until));
            assertThat(answer.status()).as("%s", answer.body()).isEqualTo(201);
            return answer.body().get("requestId").textValue();
        }

        String keeping(String player, String until) {
            return "{\"type\":\"ERASURE\",\"subjects\":[{\"gameId\":\"" + game + "\",\"playerId\":\"" + player
                    + "\"}],\"identity\":{\"confirmed\":true,\"how\":\"signed in\"},\"keep\":[{\"kind\":\"PURCHASES\",\"until\":\""
                    + until + "\",\"ground\":\"section 147 AO\"}]}";
        }

        /** Has the request done, both read models holding nothing; as it is then. */
        JsonNode erased(String request, UUID stream) {
            assertThat(post("/" + request + "/execute", "").status()).isEqualTo(202);
            byte[] none = StoredRemainder.write(new Remainder(null, null, List.of()));
            for (Step step : List.of(Step.REMAINDER, Step.PURGE, Step.SCAN)) {
                ErasureOrder order = awaitOrder(step, stream);
                orders.answer(
                        order, new ErasureAnswer("metrics", 1, Map.of(), step == Step.REMAINDER ? none : new byte[0]));
                orders.answer(order, new ErasureAnswer("players", 1, Map.of()));
            }
            return awaitPhase(request, "COMPLETED");
        }

        JsonNode awaitPhase(String request, String phase) {
            return await().pollInterval(Duration.ofMillis(50))
                    .until(
                            () -> get("/" + request).body(),
                            answer -> answer.path("phase").asText().equals(phase));
        }
    }
}
