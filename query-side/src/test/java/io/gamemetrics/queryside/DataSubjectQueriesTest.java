package io.gamemetrics.queryside;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.gamemetrics.infrastructure.datamap.Nature;
import io.gamemetrics.infrastructure.privacy.KeyDirectory;
import io.gamemetrics.infrastructure.privacy.PostgresVault;
import io.gamemetrics.infrastructure.privacy.RequestStanding;
import io.gamemetrics.infrastructure.testkit.TestPostgres;
import io.gamemetrics.infrastructure.web.Role;
import io.gamemetrics.projections.gamesstore.GamesStore;
import io.gamemetrics.sharedkernel.ids.GameId;
import io.gamemetrics.sharedkernel.ids.PlayerId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** What the role privacy sees: the data map, requests, their audit, how many were erased; and never who. */
class DataSubjectQueriesTest {

    private static final String PRIVACY = QueryService.token("*", Role.PRIVACY);
    private static final String WHO = "anna@example.org";
    private static final UUID NEW = UUID.randomUUID();
    private static final UUID DONE = UUID.randomUUID();
    private static final UUID OPEN = UUID.randomUUID();
    private static final Instant RECEIVED = Instant.parse("2026-11-22T09:00:00Z");
    private static final String ALL =
            "{ dataMap { stores { name } } dataSubjectRequests { nodes { requestId madeAt subjectsKept"
                    + " standing { type phase gameIds subjects receivedAt dueAt extended }"
                    + " certifiedAt certificate steps { number at action requestId subject hash } } } auditTrail { nodes { action } }"
                    + " erasedPlayers { gameId players erasures readmitted lastAt } }";

    @TempDir
    static Path folder;

    private static PostgresVault vault;
    private static QueryService service;

    @BeforeAll
    static void start() {
        String models = TestPostgres.newDatabase();
        GamesStore.migrate(database(models));
        String url = TestPostgres.newDatabase();
        vault = PostgresVault.open(database(url), KeyDirectory.at(folder.resolve("keys")));
        for (UUID request : List.of(NEW, DONE, OPEN)) {
            vault.requestSecrets().put(request, "intake", WHO.getBytes(StandardCharsets.UTF_8));
            vault.audit().append("request.receive", request, null, WHO);
        }
        vault.audit().append("request.execute", DONE, null, WHO);
        vault.audit().append("subject.purged", DONE, 0, WHO);
        vault.certificates().keep(DONE, "{}".getBytes(StandardCharsets.UTF_8));
        vault.requestSecrets().destroy(DONE);
        vault.requestStandings().put(NEW, 2, standing("HELD", "intendo"), false);
        vault.requestStandings().put(DONE, 9, standing("COMPLETED", "intendo", "chess"), true);
        int game = vault.gameNumber(new GameId("intendo"));
        vault.erasures().begin(game, new PlayerId(WHO));
        service = QueryService.startOn(
                models,
                Map.of(
                        "gamemetrics.vault.url",
                        url,
                        "gamemetrics.key-dir",
                        folder.resolve("keys").toString()));
    }

    private static RequestStanding standing(String phase, String... games) {
        return new RequestStanding("ERASURE", phase, List.of(games), 3, RECEIVED, RECEIVED.plusSeconds(60), true);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void requests_are_told_with_their_steps_and_certificate_and_never_with_who_asked() throws Exception {
        JsonNode answer = service.ask(PRIVACY, ALL);
        JsonNode requests = answer.at("/data/dataSubjectRequests/nodes");

        assertThat(requests).map(one -> one.path("requestId").asText()).containsExactly(ids(NEW, DONE, OPEN));
        assertThat(requests).map(one -> one.path("subjectsKept").asBoolean()).containsExactly(true, false, true);
        assertThat(requests.at("/0/certificate").isNull()).isTrue();
        assertThat(requests.at("/0/standing").toString())
                .isEqualTo("{\"type\":\"ERASURE\",\"phase\":\"HELD\",\"gameIds\":[\"intendo\"],\"subjects\":3,"
                        + "\"receivedAt\":\"2026-11-22T09:00:00Z\",\"dueAt\":\"2026-11-22T09:01:00Z\","
                        + "\"extended\":true}");
        assertThat(requests.at("/1/standing/phase").asText()).isEqualTo("COMPLETED");
        assertThat(requests.at("/2/standing").isNull()).as("not put down yet").isTrue();
        // The SHA-256 of two braces.
        assertThat(requests.at("/1/certificate").asText())
                .isEqualTo("44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a");
        assertThat(requests.at("/1/steps"))
                .map(step -> step.path("action").asText())
                .containsExactly("request.receive", "request.execute", "subject.purged");
        assertThat(requests.at("/1/steps/2/subject").asInt()).isZero();
        assertThat(requests.at("/1/steps/2/hash").asText())
                .isEqualTo(vault.audit().head().hash());
        assertThat(answer.toString()).doesNotContain(WHO);
    }

    @Test
    void one_request_is_found_by_its_id_and_no_other() throws Exception {
        String one = "{ dataSubjectRequest(id: \"%s\") { requestId subjectsKept } }";

        assertThat(service.ask(PRIVACY, one.formatted(OPEN))
                        .at("/data/dataSubjectRequest/requestId")
                        .asText())
                .isEqualTo(OPEN.toString());
        for (String nobody : List.of(UUID.randomUUID().toString(), "no id")) {
            JsonNode answer = service.ask(PRIVACY, one.formatted(nobody));
            assertThat(answer.has("errors")).isFalse();
            assertThat(answer.at("/data/dataSubjectRequest").isNull()).isTrue();
        }
    }

    @Test
    void lists_are_read_in_pages_that_miss_and_repeat_nothing() throws Exception {
        assertThat(paged("dataSubjectRequests", "requestId")).containsExactly(ids(NEW, DONE, OPEN));
        assertThat(paged("auditTrail", "number")).containsExactly("1", "2", "3", "4", "5");
        JsonNode about = service.ask(PRIVACY, "{ auditTrail(request: \"" + DONE + "\") { nodes { number } } }");
        assertThat(about.at("/data/auditTrail/nodes"))
                .map(entry -> entry.path("number").asInt())
                .containsExactly(2, 4, 5);
    }

    @Test
    void erasures_are_counted_by_game() throws Exception {
        JsonNode counted = service.ask(PRIVACY, ALL).at("/data/erasedPlayers");

        assertThat(counted).hasSize(1);
        assertThat(counted.at("/0/gameId").asText()).isEqualTo("intendo");
        assertThat(counted.at("/0/players").asInt()).isEqualTo(1);
        assertThat(counted.at("/0/erasures").asInt()).isEqualTo(1);
        assertThat(counted.at("/0/readmitted").asInt()).isZero();
    }

    @Test
    void the_data_map_is_told_field_by_field() throws Exception {
        JsonNode stores = service.ask(
                        PRIVACY,
                        "{ dataMap { stores { name where purpose recipients personal places { name kept personal fields"
                                + " { name nature personal } } } } }")
                .at("/data/dataMap/stores");

        assertThat(stores).map(store -> store.path("name").asText()).contains("events", "vault", "players");
        List<String> found = new ArrayList<>();
        stores.forEach(store -> store.path("places")
                .forEach(place -> place.path("fields").forEach(field -> {
                    if (field.path("nature").asText().equals(Nature.IDENTIFIER.name())) {
                        assertThat(field.path("personal").asBoolean()).isTrue();
                        found.add(place.path("name").asText() + "."
                                + field.path("name").asText());
                    }
                })));
        assertThat(found).containsExactly("EventHeader.sessionId", "PlayerRegistered.displayName");
    }

    @Test
    void nobody_but_privacy_of_every_game_sees_any_of_it() throws Exception {
        List<String> others = List.of(
                QueryService.token("*", Role.OPERATOR),
                QueryService.token("*", Role.ANALYST),
                QueryService.token("intendo", Role.ANALYST));
        for (String token : others) {
            JsonNode answer = service.ask(token, "{ dataMap { stores { name } } }");
            assertThat(QueryService.code(answer)).isEqualTo("FORBIDDEN");
            JsonNode all = service.ask(token, ALL);
            assertThat(all.path("errors")).isNotEmpty();
            assertThat(all.path("data").isNull()).isTrue();
        }
        assertThat(service.ask(QueryService.token("*", Role.ADMIN), ALL).has("errors"))
                .isFalse();
    }

    @Test
    void privacy_of_some_games_sees_the_requests_that_are_wholly_of_these() throws Exception {
        String both = QueryService.token(Map.of("intendo", Role.PRIVACY, "chess", Role.PRIVACY));
        String page = "{ dataSubjectRequests(first: 1%s) { nodes { requestId } pageInfo { hasNextPage } } }";
        for (Map.Entry<String, UUID[]> seen : Map.of(
                        QueryService.token("intendo", Role.PRIVACY),
                        new UUID[] {NEW},
                        QueryService.token("chess", Role.PRIVACY),
                        new UUID[] {},
                        both,
                        new UUID[] {NEW, DONE})
                .entrySet()) {
            JsonNode answer = service.ask(seen.getKey(), "{ dataSubjectRequests { nodes { requestId } } }");
            assertThat(answer.has("errors")).isFalse();
            assertThat(answer.at("/data/dataSubjectRequests/nodes"))
                    .map(one -> one.path("requestId").asText())
                    .containsExactly(ids(seen.getValue()));
            JsonNode one = service.ask(seen.getKey(), "{ dataSubjectRequest(id: \"" + DONE + "\") { requestId } }");
            assertThat(one.has("errors")).isFalse();
            assertThat(one.at("/data/dataSubjectRequest").isNull())
                    .isEqualTo(!seen.getKey().equals(both));
            for (String everywhere : List.of("dataMap { stores { name } }", "auditTrail { nodes { action } }")) {
                assertThat(QueryService.code(service.ask(seen.getKey(), "{ " + everywhere + " }")))
                        .isEqualTo("FORBIDDEN");
            }
        }
        JsonNode first = service.ask(both, page.formatted("")).at("/data/dataSubjectRequests");
        assertThat(first.at("/pageInfo/hasNextPage").asBoolean()).isTrue();
        JsonNode last =
                service.ask(both, page.formatted(", after: \"" + NEW + "\"")).at("/data/dataSubjectRequests");
        assertThat(last.at("/nodes/0/requestId").asText()).isEqualTo(DONE.toString());
        assertThat(last.at("/pageInfo/hasNextPage").asBoolean())
                .as("the third is of nobody knows which game")
                .isFalse();
    }

    @Test
    void what_no_page_can_be_of_is_refused() throws Exception {
        for (String field : List.of("dataSubjectRequests", "auditTrail")) {
            for (String arguments : List.of("first: 0", "first: 201", "after: \"x\"")) {
                JsonNode answer =
                        service.ask(PRIVACY, "{ " + field + "(" + arguments + ") { pageInfo { hasNextPage } } }");
                assertThat(QueryService.code(answer))
                        .as(field + " " + arguments)
                        .isEqualTo("BAD_INPUT");
            }
        }
    }

    private static List<String> paged(String list, String field) throws Exception {
        List<String> seen = new ArrayList<>();
        String after = "";
        boolean more = true;
        while (more) {
            JsonNode page = service.ask(
                            PRIVACY,
                            "{ " + list + "(first: 2" + after + ") { nodes { " + field
                                    + " } pageInfo { hasNextPage hasPreviousPage endCursor } } }")
                    .at("/data/" + list);
            assertThat(page.at("/pageInfo/hasPreviousPage").asBoolean()).isEqualTo(!seen.isEmpty());
            page.path("nodes").forEach(node -> seen.add(node.path(field).asText()));
            more = page.at("/pageInfo/hasNextPage").asBoolean();
            after = ", after: \"" + page.at("/pageInfo/endCursor").asText() + "\"";
            assertThat(seen).hasSizeLessThan(100);
        }
        return seen;
    }

    private static String[] ids(UUID... ids) {
        String[] texts = new String[ids.length];
        for (int i = 0; i < ids.length; i++) {
            texts[i] = ids[i].toString();
        }
        return texts;
    }

    private static PGSimpleDataSource database(String url) {
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(url);
        return database;
    }
}
