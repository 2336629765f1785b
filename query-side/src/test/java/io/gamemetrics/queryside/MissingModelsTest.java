package io.gamemetrics.queryside;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gamemetrics.infrastructure.privacy.KeyDirectory;
import io.gamemetrics.infrastructure.privacy.PostgresVault;
import io.gamemetrics.infrastructure.testkit.TestPostgres;
import io.gamemetrics.infrastructure.web.Role;
import io.gamemetrics.projections.gamesstore.GamesBatch;
import io.gamemetrics.projections.gamesstore.GamesStore;
import io.gamemetrics.projections.gamesstore.GamesWriter;
import io.gamemetrics.projections.metricsstore.MetricsBatch;
import io.gamemetrics.projections.metricsstore.MetricsSchema;
import io.gamemetrics.projections.metricsstore.MetricsWriter;
import io.gamemetrics.projections.playersstore.PlayersSchema;
import io.gamemetrics.projections.playersstore.PlayersWriter;
import io.gamemetrics.projections.recommendationsstore.RecommendationsSchema;
import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.GameId;
import io.gamemetrics.sharedkernel.ids.PlayerId;
import io.gamemetrics.sharedkernel.ids.Position;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** A query side that was started first, and the projections one after the other. */
class MissingModelsTest {

    private static final GameId GAME = new GameId("intendo");
    private static final Instant NOW = Instant.parse("2015-01-02T00:00:00Z");
    private static final Checkpoint CHECKPOINT = new Checkpoint(new Position(7, 10), NOW, 1, 0, 0);
    private static final ZoneId KIRITIMATI = ZoneId.of("Pacific/Kiritimati");
    private static final String TOKEN = QueryService.token("intendo", Role.SUPPORT);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SUMMARY = "summary(from: \"2015-01-01\", to: \"2015-01-02\") { players }";
    private static final String PLAYER = "player(id: \"anna\") { sessions }";
    private static final String ITEM = "item(id: \"sword\") { id }";

    @TempDir
    Path keys;

    private @Nullable QueryService service;

    @Test
    void each_read_model_answers_as_soon_as_it_is_there_and_until_then_is_named() throws Exception {
        String url = TestPostgres.newDatabase();
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(url);
        PostgresVault vault = PostgresVault.open(database, KeyDirectory.at(keys));
        vault.subjects(vault.gameNumber(GAME), List.of(new PlayerId("anna")));
        try (QueryService started = QueryService.startOn(
                url, Map.of("gamemetrics.kafka.partitions", "1", "gamemetrics.key-dir", keys.toString()))) {
            service = started;
            assertThat(health(503).at("/components/games/status").asText()).isEqualTo("DOWN");
            assertThat(QueryService.code(ask(SUMMARY))).isEqualTo("PROJECTION_BEHIND");

            GamesStore.migrate(database);
            GamesBatch games = new GamesWriter(database).begin(0);
            games.gameCreated(GAME, 1, "Intendo", KIRITIMATI, Currency.getInstance("USD"), "ANY_EVENT", "LIVE", NOW);
            games.commit(null, CHECKPOINT);
            assertStates("NOT_STARTED", "NOT_STARTED", "NOT_STARTED");
            JsonNode freshness =
                    ask("freshness { position asOf lagMillis openDay }").at("/data/game/freshness");
            assertThat(freshness.path("position").isNull()).isTrue();
            assertThat(freshness.path("openDay").asText())
                    .isIn(
                            Instant.now()
                                    .minusSeconds(60)
                                    .atZone(KIRITIMATI)
                                    .toLocalDate()
                                    .toString(),
                            Instant.now().atZone(KIRITIMATI).toLocalDate().toString());
            assertBehind("metrics", SUMMARY);
            assertBehind("players", PLAYER);
            assertBehind("recommendations", ITEM);

            PlayersSchema.migrate(database);
            assertStates("NOT_STARTED", "BEGINNING", "NOT_STARTED");
            assertThat(ask(PLAYER).has("errors")).isFalse();
            PlayersWriter players = new PlayersWriter(database);
            players.commit(players.begin(), 0, null, CHECKPOINT, List.of());
            assertStates("NOT_STARTED", "READY", "NOT_STARTED");
            assertThat(ask(", minPosition: \"7.10\"", PLAYER).has("errors")).isFalse();

            RecommendationsSchema.migrate(database);
            assertThat(ask(ITEM).has("errors")).isFalse();
            MetricsSchema.migrate(database);
            assertThat(QueryService.code(ask(SUMMARY))).as("not counted yet").isEqualTo("PROJECTION_BEHIND");
            MetricsWriter metrics = new MetricsWriter(database, "metrics");
            MetricsBatch rows = metrics.begin();
            rows.game(1, "intendo", KIRITIMATI, "USD", false, new Position(7, 1));
            metrics.commit(rows, 0, null, CHECKPOINT, List.of());
            assertStates("READY", "READY", "BEGINNING");
            assertThat(ask(SUMMARY).at("/data/game/summary/players").asInt(-1)).isZero();
            assertThat(ask("freshness { models { name state position asOf lagMillis } }")
                            .at("/data/game/freshness/models/0/position")
                            .asText())
                    .isEqualTo("7.10");
        }
    }

    /** By {@code freshness} and by health alike; nobody is at the leaderboards' address. */
    private void assertStates(String metrics, String players, String recommendations) throws Exception {
        JsonNode models = ask("freshness { models { name state } }").at("/data/game/freshness/models");
        assertThat(models).isEqualTo(JSON.readTree("""
                [{"name":"metrics","state":"%s"},{"name":"leaderboards","state":"UNAVAILABLE"},
                 {"name":"players","state":"%s"},{"name":"recommendations","state":"%s"}]
                """.formatted(metrics, players, recommendations)));
        JsonNode components = health(200).at("/components/readModels/components");
        for (JsonNode model : models) {
            String state = model.path("state").asText();
            assertThat(components
                            .path(model.path("name").asText())
                            .path("status")
                            .asText())
                    .isEqualTo(state.equals("READY") ? "UP" : state);
        }
    }

    private void assertBehind(String model, String field) throws Exception {
        JsonNode answer = ask(field);
        assertThat(QueryService.code(answer)).as(field).isEqualTo("PROJECTION_BEHIND");
        assertThat(answer.at("/errors/0/extensions/readModel").asText()).isEqualTo(model);
        assertThat(answer.at("/errors/0/message").asText()).contains(model);
    }

    private JsonNode health(int status) throws Exception {
        QueryService asked = Objects.requireNonNull(service);
        HttpResponse<String> answer = asked.send(asked.to("/actuator/health"));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return JSON.readTree(answer.body());
    }

    private JsonNode ask(String fields) throws Exception {
        return ask("", fields);
    }

    private JsonNode ask(String arguments, String fields) throws Exception {
        return Objects.requireNonNull(service)
                .ask(TOKEN, "{ game(id: \"intendo\"" + arguments + ") { " + fields + " } }");
    }
}
