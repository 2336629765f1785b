package io.gamemetrics.queryside;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.gamemetrics.infrastructure.web.Role;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class QueryAccessTest {

    private static final Set<Role> READERS = Set.of(Role.READ, Role.ANALYST, Role.SUPPORT, Role.OPERATOR, Role.ADMIN);
    private static final String GAME = "{ game(id: \"intendo\") { id activePlayers(day: \"2015-01-01\") { dau } } }";
    private static QueryService service;

    @BeforeAll
    static void start() {
        service = QueryService.start(Map.of("gamemetrics.allowed-origins", "https://studio.example"));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void the_roles_that_read_numbers_get_them_and_the_others_are_told_no(Role role) throws Exception {
        for (String scope : Set.of("intendo", "*")) {
            JsonNode answer = service.ask(QueryService.token(scope, role), GAME);
            if (READERS.contains(role)) {
                assertThat(answer.at("/data/game/activePlayers/dau").asInt()).isEqualTo(1);
                assertThat(answer.has("errors")).isFalse();
            } else {
                assertThat(answer.at("/data/game").isNull()).isTrue();
                assertThat(QueryService.code(answer)).isEqualTo("FORBIDDEN");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void a_game_not_granted_looks_exactly_like_one_that_does_not_exist(Role role) throws Exception {
        String token = QueryService.token("other", role);
        JsonNode notGranted = service.ask(token, GAME);
        JsonNode absent = service.ask(token, GAME.replace("intendo", "nowhere"));
        assertThat(notGranted).isEqualTo(absent);
        assertThat(notGranted.at("/data/game").isNull()).isTrue();
        assertThat(notGranted.has("errors")).isFalse();
    }

    @Test
    void a_game_that_does_not_exist_is_null_to_those_who_may_read_all() throws Exception {
        for (String id : Set.of("nowhere", "Not An Id", "", "x".repeat(100))) {
            JsonNode answer = service.ask(QueryService.token("*", Role.ADMIN), GAME.replace("intendo", id));
            assertThat(answer.at("/data/game").isNull()).isTrue();
            assertThat(answer.has("errors")).isFalse();
        }
    }

    @Test
    void a_read_key_opens_its_game_and_an_ingest_key_does_not() throws Exception {
        assertThat(service.ask(QueryService.READ_KEY, GAME).at("/data/game/id").asText())
                .isEqualTo("intendo");
        JsonNode other = service.ask(QueryService.READ_KEY, GAME.replace("intendo", "other"));
        assertThat(other.at("/data/game").isNull()).isTrue();
        assertThat(QueryService.code(service.ask(QueryService.INGEST_KEY, GAME)))
                .isEqualTo("FORBIDDEN");
    }

    @Test
    void without_a_token_the_answer_is_401_in_both_forms() throws Exception {
        HttpResponse<String> answer = service.send(service.to("/graphql")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"query\":\"{ __typename }\"}")));
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).isPresent();
        assertThat(QueryService.json(answer).path("code").asText()).isEqualTo("auth.missing");
        assertThat(QueryService.code(QueryService.json(answer))).isEqualTo("UNAUTHENTICATED");
        assertThat(QueryService.code(QueryService.json(service.post("gmk_read_unknown", "{}"))))
                .isEqualTo("UNAUTHENTICATED");
    }

    @Test
    void only_health_and_the_empty_editor_answer_without_a_token() throws Exception {
        assertThat(status("/actuator/health")).isEqualTo(200);
        assertThat(status("/graphiql")).isEqualTo(200);
        for (String path : Set.of("/graphql", "/graphql/schema.graphqls", "/", "/actuator", "/graphiqlx", "/webjars")) {
            assertThat(status(path)).as(path).isEqualTo(401);
        }
    }

    @Test
    void the_editor_needs_nothing_from_elsewhere() throws Exception {
        String page = service.send(service.to("/graphiql")).body();
        assertThat(page).doesNotContain("http://", "https://", "//cdn");
        for (String file : page.split("(src|href)=\"", -1)) {
            if (file.startsWith("graphiql/assets/")) {
                String path = "/" + file.substring(0, file.indexOf('"'));
                HttpResponse<String> asset = service.send(service.to(path));
                assertThat(asset.statusCode()).as(path).isEqualTo(200);
                assertThat(asset.body().length()).as(path).isGreaterThan(100);
                assertThat(asset.headers().firstValue("Content-Type").orElseThrow())
                        .as(path)
                        .matches("text/(javascript|css).*|application/javascript.*");
            }
        }
    }

    @Test
    void pages_of_an_allowed_origin_may_ask_and_others_may_not() throws Exception {
        assertThat(preflight("https://studio.example").statusCode()).isEqualTo(200);
        assertThat(preflight("https://evil.example").statusCode()).isEqualTo(403);
    }

    private static HttpResponse<String> preflight(String origin) throws Exception {
        return service.send(service.to("/graphql")
                .header("Origin", origin)
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "authorization,content-type")
                .method("OPTIONS", BodyPublishers.noBody()));
    }

    private static int status(String path) throws Exception {
        return service.send(service.to(path)).statusCode();
    }
}
