package io.gamemetrics.queryside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.gamemetrics.infrastructure.web.Role;
import io.gamemetrics.projections.metricsstore.NoLongerKeptException;
import io.gamemetrics.sharedkernel.ids.Position;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class QueryErrorsTest {

    private static final String NEEDLE = "needle-anna-1987";
    private static final String FRESHNESS = "{ game(id: \"intendo\") { freshness { position } } }";
    private static QueryService service;

    @BeforeAll
    static void start() {
        service =
                QueryService.start(Map.of("gamemetrics.query.time-limit", "800ms", "gamemetrics.query.max-wait", "3s"));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @AfterEach
    void mend() {
        service.numbers().position.set(new Position(7, 100));
        service.numbers().broken.set(null);
        service.numbers().held.set(null);
    }

    @Test
    void arguments_outside_their_limits_are_bad_input() throws Exception {
        for (String field : List.of(
                "summary(from: \"2015-01-02\", to: \"2015-01-01\") { players }",
                "summary(from: \"2000-01-01\", to: \"2015-01-01\") { players }",
                "summary(from: \"1815-01-01\", to: \"1815-01-01\") { players }",
                "summary(from: \"2015-02-30\", to: \"2015-03-01\") { players }",
                "summary(from: \"2015-01-01\", to: \"2015-01-01\", where: {platform: []}) { players }",
                "summary(from: \"2015-01-01\", to: \"2015-01-01\", where: {cohortDay: \"2015-01-01\", cohortTo:"
                        + " \"2015-01-01\"}) { players }",
                "summary(from: 7, to: \"2015-01-01\") { players }",
                "activePlayers(day: \"yesterday\") { dau }",
                "retention(from: \"2015-01-01\", to: \"2015-01-01\", days: []) { through }",
                "retention(from: \"2015-01-01\", to: \"2015-01-01\", days: [-1]) { through }",
                "retention(from: \"2015-01-01\", to: \"2015-01-01\", days: [4000]) { through }",
                "funnel(from: \"2015-01-01\", to: \"2015-01-01\", steps: []) { steps { name } }",
                "funnel(from: \"2015-01-01\", to: \"2015-01-01\", steps: {name: \"a\"}, within: \"PT0S\") { steps { name"
                        + " } }",
                "revenueByItem(from: \"2015-01-01\", to: \"2015-01-01\", first: 201) { itemId }",
                "revenueByItem(from: \"2015-01-01\", to: \"2015-01-01\", first: 0) { itemId }",
                chart("granularity: MINUTE, from: \"2015-01-01T00:00:00Z\", to: \"2015-02-01T00:00:00Z\""),
                chart("from: \"2015-01-02T00:00:00Z\", to: \"2015-01-01T00:00:00Z\""),
                chart("from: \"2015-01-01\", to: \"2015-01-02\""),
                chart("from: \"2015-01-01T00:00:00Z\", to: \"2015-01-02T00:00:00Z\", top: 101"),
                chart("from: \"2015-01-01T00:00:00Z\", to: \"2015-01-02T00:00:00Z\", by: [payer, payer]"),
                chart("from: \"2015-01-01T00:00:00Z\", to: \"2015-01-02T00:00:00Z\", by: [shoeSize]"),
                "noSuchField")) {
            JsonNode answer = service.ask("{ game(id: \"intendo\") { " + field + " } }");
            assertThat(QueryService.code(answer)).as(field).isEqualTo("BAD_INPUT");
            assertThat(answer.at("/errors/0/extensions").has("cost")).isTrue();
        }
        for (String argument : List.of("waitMillis: 3001", "waitMillis: -1", "minPosition: \"x\"", "minPosition: 7")) {
            JsonNode answer = service.ask("{ game(id: \"intendo\", " + argument + ") { id } }");
            assertThat(QueryService.code(answer)).as(argument).isEqualTo("BAD_INPUT");
        }
        assertThat(QueryService.code(service.ask("{ game(id: "))).isEqualTo("BAD_INPUT");
        assertThat(QueryService.code(service.ask("mutation { erase }"))).isEqualTo("BAD_INPUT");
    }

    @Test
    void a_query_for_too_much_is_refused_before_it_is_read() throws Exception {
        service.numbers().broken.set(new IllegalStateException("must not be asked"));
        StringBuilder wide = new StringBuilder("{ game(id: \"intendo\") {");
        for (int i = 0; i < 200; i++) {
            wide.append(" a").append(i).append(": dailyMetrics(from: \"2010-01-01\", to: \"2019-12-31\") { day }");
        }
        JsonNode answer = service.ask(wide.append("} }").toString());
        assertThat(QueryService.code(answer)).isEqualTo("TOO_COMPLEX");
        assertThat(answer.at("/errors/0/extensions/cost").asLong()).isGreaterThan(500_000);
        JsonNode overflow = service.ask("{ game(id: \"intendo\") { revenueByItem(from: \"2015-01-01\", to:"
                + " \"999999-01-01\", first: 2147483647) { itemId } } }");
        assertThat(QueryService.code(overflow)).isIn("TOO_COMPLEX", "BAD_INPUT");
        String deep = "{ __schema { types { fields { type " + "{ ofType ".repeat(20) + "{ name }" + " }".repeat(20)
                + " } } } }";
        assertThat(QueryService.code(service.ask(deep))).isEqualTo("TOO_COMPLEX");
    }

    @Test
    void who_asks_too_much_in_a_while_is_told_when_to_come_back() throws Exception {
        try (QueryService tight = QueryService.start(
                Map.of("gamemetrics.query.cost-per-second", "1", "gamemetrics.query.cost-burst", "2"))) {
            String token = QueryService.token("intendo", Role.ANALYST);
            assertThat(tight.ask(token, FRESHNESS).has("errors")).isFalse();
            assertThat(tight.ask(token, FRESHNESS).has("errors")).isFalse();
            JsonNode answer = tight.ask(token, FRESHNESS);
            assertThat(QueryService.code(answer)).isEqualTo("RATE_LIMITED");
            assertThat(answer.at("/errors/0/extensions/retryAfterSeconds").asLong())
                    .isPositive();
            assertThat(tight.ask(QueryService.READ_KEY, FRESHNESS).has("errors"))
                    .isFalse();
        }
    }

    @Test
    void what_takes_too_long_ends_at_the_time_limit() throws Exception {
        CountDownLatch latch = new CountDownLatch(1);
        service.numbers().held.set(latch);
        long start = System.nanoTime();
        JsonNode answer = service.ask(FRESHNESS);
        assertThat(QueryService.code(answer)).isEqualTo("TIMEOUT");
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofMillis(800), Duration.ofMillis(5_000));
        latch.countDown();
        service.numbers().held.set(null);
        service.numbers().broken.set(new IllegalStateException(new SQLException("canceled " + NEEDLE, "57014")));
        assertThat(QueryService.code(service.ask(FRESHNESS))).isEqualTo("TIMEOUT");
    }

    @Test
    void a_position_not_reached_is_waited_for_and_then_said_to_be_ahead() throws Exception {
        String query = "{ game(id: \"intendo\", minPosition: \"7.101\", waitMillis: %d) { id } }";
        long start = System.nanoTime();
        assertThat(QueryService.code(service.ask(query.formatted(300)))).isEqualTo("PROJECTION_BEHIND");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
        assertThat(QueryService.code(service.ask(query.formatted(0)))).isEqualTo("PROJECTION_BEHIND");
        service.numbers().position.set(null);
        assertThat(QueryService.code(service.ask(query.formatted(50)))).isEqualTo("PROJECTION_BEHIND");
        Thread.ofVirtual().start(() -> service.numbers().position.set(new Position(7, 101)));
        assertThat(service.ask(query.formatted(700)).at("/data/game/id").asText())
                .isEqualTo("intendo");
        assertThat(service.ask(query.formatted(0)).at("/data/game/id").asText()).isEqualTo("intendo");
    }

    @Test
    void a_position_of_another_life_of_the_store_is_too_old_at_once() throws Exception {
        JsonNode answer = service.ask("{ game(id: \"intendo\", minPosition: \"6.1\") { id } }");
        assertThat(QueryService.code(answer)).isEqualTo("POSITION_TOO_OLD");
    }

    @Test
    void what_is_no_longer_kept_is_refused_with_the_moment_from_which_on_it_is(CapturedOutput log) throws Exception {
        Instant keptFrom = Instant.parse("2015-02-01T00:00:00Z");
        service.numbers().broken.set(new NoLongerKeptException(keptFrom));
        JsonNode answer = service.ask(FRESHNESS);
        assertThat(QueryService.code(answer)).isEqualTo("NO_LONGER_KEPT");
        assertThat(answer.at("/errors/0/extensions/keptFrom").asText()).isEqualTo(keptFrom.toString());
        assertThat(log).doesNotContain("NoLongerKept");
    }

    @Test
    void what_we_broke_says_only_a_reference_which_the_log_has_too(CapturedOutput log) throws Exception {
        service.numbers().broken.set(new IllegalStateException("broke over " + NEEDLE));
        JsonNode answer = service.ask(FRESHNESS);
        assertThat(QueryService.code(answer)).isEqualTo("INTERNAL");
        assertThat(answer.toString()).doesNotContain(NEEDLE);
        assertThat(log.getAll())
                .contains(answer.at("/errors/0/extensions/reference").asText())
                .doesNotContain(NEEDLE);
        service.numbers().broken.set(new IllegalStateException(new SQLTransientConnectionException(NEEDLE)));
        assertThat(QueryService.code(service.ask(FRESHNESS))).isEqualTo("UNAVAILABLE");
    }

    @Test
    void nothing_sent_comes_back_or_stands_in_the_log(CapturedOutput log) throws Exception {
        String token = QueryService.token("*", Role.ANALYST);
        for (String query : List.of(
                "{ game(id: \"" + NEEDLE + "\") { id } }",
                "{ game(id: \"intendo\", minPosition: \"" + NEEDLE + "\") { id } }",
                "{ game(id: {a: \"" + NEEDLE + "\"}) { id } }",
                "{ game(id: \"intendo\") { activePlayers(day: \"" + NEEDLE + "\") { dau } } }",
                "{ game(id: \"intendo\") { eventMetrics(name: \"" + NEEDLE + "\") { total } } }",
                "{ game(id: \"intendo\") { summary(from: \"2015-01-01\", to: \"2015-01-01\", where: {platform: {a: \""
                        + NEEDLE + "\"}}) { players } } }",
                "{ game(id: \"" + NEEDLE + " }")) {
            assertThat(service.ask(token, query).toString()).as(query).doesNotContain(NEEDLE);
        }
        JsonNode variable = service.ask(
                token, "query($p: Position) { game(id: \"intendo\", minPosition: $p) { id } }", Map.of("p", NEEDLE));
        assertThat(QueryService.code(variable)).isEqualTo("BAD_INPUT");
        assertThat(variable.toString()).doesNotContain(NEEDLE);
        for (String body : List.of("{\"query\":" + NEEDLE + "}", "[\"" + NEEDLE + "\"]", NEEDLE, "{}", "")) {
            HttpResponse<String> answer = service.post(token, body);
            assertThat(answer.statusCode()).as(body).isEqualTo(400);
            assertThat(answer.body()).doesNotContain(NEEDLE);
            assertThat(QueryService.code(QueryService.json(answer))).isEqualTo("BAD_INPUT");
        }
        assertThat(log.getAll()).contains("POST /graphql").doesNotContain(NEEDLE);
    }

    @Test
    void a_schema_that_promises_what_nobody_answers_fails_the_start() {
        assertThatThrownBy(() -> QueryService.start(
                        Map.of("spring.graphql.schema.locations", "classpath:graphql/,classpath:broken-graphql/")))
                .rootCause()
                .hasMessageContaining("promisedByNobody");
    }

    private static String chart(String arguments) {
        return "metrics(metric: DAU, " + arguments + ") { total }";
    }
}
