package io.gamemetrics.queryside;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gamemetrics.infrastructure.web.Role;
import io.gamemetrics.projections.metricsstore.Filter;
import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class QueryAnswersTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String RANGE = "from: \"2015-01-01\", to: \"2015-01-02\"";
    private static final String MOMENTS = "from: \"2015-01-01T01:00:00+01:00\", to: \"2015-01-02T00:00:00Z\"";
    private static QueryService service;

    @BeforeAll
    static void start() {
        service = QueryService.start(Map.of());
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void days_come_with_counts_as_numbers_and_money_and_ratios_as_strings() throws Exception {
        JsonNode days = game("dailyMetrics(" + RANGE + ") { day dau newPlayers sessions meanSessionSeconds purchases"
                        + " payers arpdauMicros revenue { totalMicros iapMicros adMicros refundMicros"
                        + " byCurrency { currency totalMicros } unconverted { currency } } }")
                .path("dailyMetrics");
        assertThat(days).hasSize(2);
        assertThat(days.get(0)).isEqualTo(JSON.readTree("""
                {"day":"2015-01-01","dau":3,"newPlayers":1,"sessions":4,"meanSessionSeconds":"61.500000","purchases":2,
                 "payers":1,"arpdauMicros":"1663333","revenue":{"totalMicros":"9007199254740994",
                 "iapMicros":"9007199254740993","adMicros":"2","refundMicros":"1",
                 "byCurrency":[{"currency":"USD","totalMicros":"9007199254740994"}],"unconverted":[]}}"""));
    }

    @Test
    void a_summary_counts_beyond_32_bits_and_gives_null_for_a_ratio_over_nothing() throws Exception {
        JsonNode summary = game("summary(" + RANGE + ") { players newPlayers payers sessions meanSessionSeconds dauSum"
                        + " purchases arpdauMicros arppuMicros revenue { totalMicros } }")
                .path("summary");
        assertThat(summary.path("dauSum").asLong()).isEqualTo(5_000_000_000L);
        assertThat(summary.path("meanSessionSeconds").isNull()).isTrue();
        assertThat(summary.path("arppuMicros").isNull()).isTrue();
    }

    @Test
    void active_players_and_freshness() throws Exception {
        JsonNode game = game(
                "activePlayers(day: \"2015-01-01\") { dau wau mau stickiness } freshness { position asOf lagMillis openDay }");
        assertThat(game).isEqualTo(JSON.readTree("""
                {"activePlayers":{"dau":1,"wau":2,"mau":3,"stickiness":"0.333333"},
                 "freshness":{"position":"7.100","asOf":"2015-01-02T00:00:00Z","lagMillis":20,"openDay":"2015-01-02"}}"""));
    }

    @Test
    void charts_by_dimension() throws Exception {
        JsonNode game = game("metrics(metric: REVENUE, granularity: HOUR, " + MOMENTS
                + ", by: [appVersion, cohortDay]) { labels { dimension value } total points { from day value } }"
                + " eventMetrics(name: \"purchase\", measure: SUM_VALUE, field: \"gold\", " + MOMENTS
                + ", by: platform) { labels { dimension } }");
        assertThat(game.at("/metrics/0")).isEqualTo(JSON.readTree("""
                {"labels":[{"dimension":"appVersion","value":"x"},{"dimension":"cohortDay","value":"x"}],"total":"12",
                 "points":[{"from":"2015-01-01T00:00:00Z","day":"2015-01-01","value":null},
                           {"from":"2015-01-01T00:00:00Z","day":"2015-01-01","value":"1000"}]}"""));
        assertThat(game.at("/eventMetrics/0/labels/0/dimension").asText()).isEqualTo("platform");
    }

    @Test
    void retention_funnels_items_and_names() throws Exception {
        JsonNode game = game("retention(" + RANGE + ", days: [1, 30], through: \"2015-02-01\") { through"
                + " cohorts { cohortDay size points { day observed returned rate } } summary { day rate } }"
                + " funnel(steps: [{name: \"session_started\"}, {name: \"purchase\"}], " + RANGE + ", by: country)"
                + " { steps { name players ofFirst ofPrevious } series { value steps { players } } }"
                + " plain: funnel(steps: {name: \"purchase\"}, within: \"PT48H\", " + RANGE + ") { steps { players }"
                + " series { value } }"
                + " revenueByItem(" + RANGE + ", first: 5) { itemId itemType revenueMicros purchases payers }"
                + " eventNames { name custom events firstAt lastAt }");
        assertThat(game).isEqualTo(JSON.readTree("""
                {"retention":{"through":"2015-02-01","cohorts":[{"cohortDay":"2015-01-01","size":2,"points":[
                   {"day":1,"observed":2,"returned":1,"rate":"0.500000"},
                   {"day":30,"observed":2,"returned":1,"rate":"0.500000"}]}],
                   "summary":[{"day":1,"rate":"0.500000"},{"day":30,"rate":"0.500000"}]},
                 "funnel":{"steps":[{"name":"session_started","players":7,"ofFirst":null,"ofPrevious":"1"},
                   {"name":"purchase","players":7,"ofFirst":null,"ofPrevious":"1"}],
                   "series":[{"value":"SE","steps":[{"players":1},{"players":1}]}]},
                 "plain":{"steps":[{"players":2}],"series":[]},
                 "revenueByItem":[{"itemId":"gems5","itemType":"iap","revenueMicros":"226741557000","purchases":5,
                   "payers":1}],
                 "eventNames":[{"name":"purchase","custom":false,"events":9,"firstAt":"1970-01-01T00:00:00Z",
                   "lastAt":"1970-01-01T00:00:00Z"}]}"""));
    }

    @Test
    void a_filter_takes_one_value_or_several_also_from_variables() throws Exception {
        JsonNode answer = service.ask(
                QueryService.token("intendo", Role.ANALYST),
                "query($where: Filter) { game(id: \"intendo\") { summary(" + RANGE + ", where: $where) { players } } }",
                Map.of("where", Map.of("platform", "ios", "experiment", Set.of("gate:a"), "payer", true)));
        assertThat(answer.has("errors")).isFalse();
        assertThat(service.numbers().lastFilter.get())
                .isEqualTo(new Filter(Set.of("ios"), Set.of(), Set.of(), Set.of("gate:a"), Set.of(), null, null, true));
        game("summary(" + RANGE + ", where: {country: [\"SE\", \"(none)\"], cohortDay: \"2015-01-01\"}) { players }");
        LocalDate day = LocalDate.of(2015, 1, 1);
        assertThat(service.numbers().lastFilter.get())
                .isEqualTo(new Filter(Set.of(), Set.of("SE", "(none)"), Set.of(), Set.of(), Set.of(), day, day, null));
    }

    @Test
    void every_answer_says_what_it_cost_and_what_is_left() throws Exception {
        var answer = service.post(
                QueryService.token("intendo", Role.ANALYST),
                "{\"query\":\"{ game(id: \\\"intendo\\\") { dailyMetrics(" + RANGE.replace("\"", "\\\"")
                        + ") { day dau } } }\"}");
        // Two days looked through at ten each, and two values for each of two days.
        assertThat(QueryService.json(answer).at("/extensions/cost").asLong()).isEqualTo(24);
        assertThat(answer.headers().firstValue("RateLimit-Policy")).hasValue("\"cost\";q=2000000;w=10");
        assertThat(answer.headers().firstValue("RateLimit").orElseThrow()).startsWith("\"cost\";r=");
    }

    private static JsonNode game(String fields) throws Exception {
        JsonNode answer = service.ask("{ game(id: \"intendo\") { " + fields + " } }");
        assertThat(answer.path("errors")).isEmpty();
        return answer.at("/data/game");
    }
}
