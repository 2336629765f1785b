package io.gamemetrics.commandside.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.gamemetrics.commandside.SharedCommandSide;
import io.gamemetrics.commandside.TestCommandSide;
import io.gamemetrics.commandside.TestCommandSide.Answer;
import io.gamemetrics.commandside.ingestion.BadEvents.Bad;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every type of event and every field of it, over HTTP and by the published JSON Schema. */
@ExtendWith(SharedCommandSide.class)
class EventContractTest {

    private static TestCommandSide server;
    private static String key;
    private static Schema schema;

    @BeforeAll
    static void start() {
        server = SharedCommandSide.server();
        key = server.createGame("contract");
        server.admin("PUT", "/v1/games/contract/leaderboards/top", "{}");
        schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(server.get("/v1/schemas/events.json", key).body());
    }

    static List<JsonNode> accepted() {
        return EventExamples.accepted();
    }

    static List<Bad> bad() {
        return BadEvents.all();
    }

    static Stream<Bad> badBySchema() {
        return bad().stream().filter(Bad::schemaKnows);
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void theSmallestAndTheLargestOfEachTypeAreAcceptedOnce(JsonNode event) {
        JsonNode first = send(event).body();
        assertThat(first.get("accepted")).as("%s", first).hasToString("1");
        JsonNode again = send(event).body();
        assertThat(again.get("duplicates")).as("%s", again).hasToString("1");
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void theSchemaAllowsWhatIsAccepted(JsonNode event) {
        assertThat(schema.validate(event)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("bad")
    void whatIsWrongIsToldByCodeAndPointer(Bad bad) {
        JsonNode answer = send(bad.event()).body();
        assertThat(answer.get("rejected")).as("%s", answer).hasToString("1");
        JsonNode problem = answer.get("problems").get(0);
        assertThat(problem.get("code").textValue()).isEqualTo(bad.code());
        assertThat(problem.get("pointer").textValue()).isEqualTo(bad.pointer());
        assertThat(problem.get("index").intValue()).isZero();
        assertThat(problem.get("message").textValue()).isNotBlank();
        assertThat(server.get("/v1/problems/" + bad.code(), key).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @MethodSource("badBySchema")
    void theSchemaRefusesWhatHasTheWrongShape(Bad bad) {
        assertThat(schema.validate(bad.event())).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({"purchase,curency,currency", "custom,Fields,fields", "progression,sesionId,sessionId"})
    void anUnknownFieldIsToldTheNearestName(String type, String field, String nearest) {
        JsonNode problem = send(EventExamples.type(type).minimal().put(field, "x"))
                .body()
                .get("problems")
                .get(0);
        assertThat(problem.get("code").textValue()).isEqualTo("event.field.unknown");
        assertThat(problem.get("pointer").textValue()).isEqualTo("/" + field);
        assertThat(problem.get("message").textValue()).contains("'" + nearest + "'");
    }

    @Test
    void anUnknownTypeIsToldTheNearestOne() {
        JsonNode answer = send(EventExamples.type("purchase").minimal().put("type", "purchased"))
                .body();
        assertThat(answer.get("problems").get(0).get("message").textValue()).contains("'purchase'");
    }

    @Test
    void whatIsNoEventAtAllIsRefusedAlone() {
        String good =
                EventExamples.type("custom").minimal().put("eventId", "beside").toString();
        String large = EventExamples.type("custom")
                .minimal()
                .put("name", "x".repeat(32 * 1024))
                .toString();
        String twice = "{\"type\":\"custom\",\"type\":\"custom\"}";
        JsonNode answer = server.events("contract", key, "[7,null,\"x\",[]," + large + "," + twice + "," + good + "]")
                .body();
        assertThat(answer.get("accepted")).as("%s", answer).hasToString("1");
        assertThat(answer.get("problems").findValuesAsText("code"))
                .containsExactly(
                        "event.notObject",
                        "event.notObject",
                        "event.notObject",
                        "event.notObject",
                        "event.tooLarge",
                        "event.field.repeated");
    }

    private static Answer send(JsonNode event) {
        return server.events("contract", key, "[" + event + "]");
    }
}
