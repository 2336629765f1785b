package io.gamemetrics.commandside.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.gamemetrics.commandside.SharedCommandSide;
import io.gamemetrics.commandside.TestCommandSide;
import io.gamemetrics.commandside.TestCommandSide.Answer;
import io.gamemetrics.infrastructure.web.Role;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What ends a request of events as a whole: the status, the document, the headers. */
@ExtendWith(SharedCommandSide.class)
class RequestProblemsTest {

    private static final String PATH = "/v1/games/problems/events";
    private static final int MAX_BYTES = 5 * 1024 * 1024;

    private static TestCommandSide server;
    private static String key;

    @BeforeAll
    static void start() {
        server = SharedCommandSide.server();
        key = server.createGame("problems");
    }

    @Test
    void brokenJsonIsToldWithLineAndColumn() {
        JsonNode document = refused(server.events("problems", key, "[{},\n {},\n  oops]"), 400, "body.malformed");
        assertThat(document.get("line").intValue()).isEqualTo(3);
        assertThat(document.get("column").intValue()).isBetween(3, 8);
        assertThat(document.get("index").intValue()).isEqualTo(2);
    }

    @Test
    void aBrokenLineIsToldWithItsNumber() {
        JsonNode document = refused(send("application/x-ndjson", "{}\n\n{}\n{\"a\":\n"), 400, "body.malformed");
        assertThat(document.get("line").intValue()).isBetween(4, 5);
        assertThat(document.get("index").intValue()).isEqualTo(2);
        JsonNode two = refused(send("application/x-ndjson", "{}\n{} {}\n"), 400, "body.malformed");
        assertThat(two.get("line").intValue()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"7", "\"x\"", "{}", "{\"event\":[]}", "{\"events\":{}}", "[] []", "{\"events\":[],\"more\":1}"})
    void whatIsNoListOfEventsIsToldSo(String body) {
        JsonNode document = refused(server.events("problems", key, body), 400, "events.notAList");
        assertThat(document.get("line").intValue()).isEqualTo(1);
    }

    @Test
    void anEmptyBodyIsNoList() {
        assertThat(send("application/json", " ").status()).isEqualTo(400);
        assertThat(send("application/x-ndjson", "\n").body().get("accepted").intValue())
                .isZero();
    }

    @Test
    void whatIsNotGzipIsToldSo() {
        refused(send("application/json", "[]".getBytes(StandardCharsets.UTF_8), "gzip"), 400, "body.notGzip");
    }

    @Test
    void aCallerWhoIsNobodyIsUnauthorized() {
        Answer nobody = server.events("problems", null, "[]");
        refused(nobody, 401, "auth.missing");
        assertThat(nobody.response().headers().firstValue("WWW-Authenticate"))
                .hasValueSatisfying(challenge -> assertThat(challenge).startsWith("Bearer"));
        refused(server.events("problems", key + "x", "[]"), 401, "auth.invalid");
        refused(server.events("problems", "gmk_ingest_1xabc_" + "A".repeat(43), "[]"), 401, "auth.invalid");
    }

    @Test
    void whoMayOnlyReadIsForbiddenToSend() {
        String reader = server.admin("POST", "/v1/games/problems/keys", "{\"kind\":\"READ\"}")
                .body()
                .get("secret")
                .textValue();
        refused(server.events("problems", reader, "[]"), 403, "access.forbidden");
        String analyst = server.person(Map.of("problems", Set.of(Role.ANALYST)));
        refused(server.events("problems", analyst, "[]"), 403, "access.forbidden");
    }

    @Test
    void aGameThatIsNotTheCallersLooksAbsent() {
        String other = server.createGame("problems-other");
        JsonNode notTheirs = refused(server.events("problems", other, "[]"), 404, "notFound");
        JsonNode notThere = refused(server.events("never-made", other, "[]"), 404, "notFound");
        assertThat(notTheirs).isEqualTo(notThere);
    }

    @Test
    void tooManyBytesAreTooLarge() throws IOException {
        byte[] spaces = ("[" + " ".repeat(MAX_BYTES) + "]").getBytes(StandardCharsets.UTF_8);
        refused(send("application/json", spaces, null), 413, "body.tooLarge");
        byte[] packed = gzip(spaces);
        assertThat(packed).hasSizeLessThan(MAX_BYTES / 100);
        refused(send("application/json", packed, "gzip"), 413, "body.tooLarge");
        refused(send("application/x-ndjson", packed, "gzip"), 413, "body.tooLarge");
        byte[] fits = ("[" + " ".repeat(MAX_BYTES - 2) + "]").getBytes(StandardCharsets.UTF_8);
        assertThat(send("application/json", gzip(fits), "gzip").status()).isEqualTo(200);
    }

    @Test
    void oneEventTooManyIsTooMany() {
        String most = IntStream.range(0, 10_000).mapToObj(i -> "7").collect(Collectors.joining(","));
        Answer fits = send("application/json", "[" + most + "]");
        assertThat(fits.body().get("rejected").intValue()).isEqualTo(10_000);
        refused(send("application/json", "[" + most + ",7]"), 413, "events.tooMany");
        refused(send("application/x-ndjson", "7\n".repeat(10_001)), 413, "events.tooMany");
    }

    @Test
    void anEventOf32KibibytesFitsAndAByteMoreIsRefusedAlone() {
        String event = EventExamples.type("custom").minimal().toString();
        int room = 32 * 1024 - event.length();
        String fits = event.replace("{", "{" + " ".repeat(room));
        assertThat(server.events("problems", key, "[" + fits + "]")
                        .body()
                        .get("accepted")
                        .intValue())
                .isEqualTo(1);
        JsonNode answer = server.events("problems", key, "[" + fits.replace("{", "{ ") + "]")
                .body();
        assertThat(answer.get("problems").findValuesAsText("code")).containsExactly("event.tooLarge");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/xml", "application/x-www-form-urlencoded"})
    void otherContentTypesAreNotUnderstood(String type) {
        refused(send(type, "[]"), 415, "mediaType.unsupported");
    }

    @Test
    void otherEncodingsAreNotUnderstood() {
        refused(send("application/json", new byte[] {1}, "br"), 415, "encoding.unsupported");
    }

    @Test
    void whoSendsTooMuchIsToldWhenToComeAgain() {
        String limited = server.createGame("problems-limited");
        server.admin("PUT", "/v1/games/problems-limited/limits", "{\"eventsPerSecond\":1,\"burst\":2}");
        Answer granted = server.events("problems-limited", limited, "[7,7]");
        assertThat(granted.status()).isEqualTo(200);
        Answer refused = server.events("problems-limited", limited, "[7,7]");
        refused(refused, 429, "rate.limited");
        assertThat(refused.response().headers().firstValue("Retry-After"))
                .hasValueSatisfying(
                        seconds -> assertThat(Long.parseLong(seconds)).isBetween(1L, 5L));
        for (Answer answer : new Answer[] {granted, refused}) {
            assertThat(answer.response().headers().firstValue("RateLimit"))
                    .hasValueSatisfying(left -> assertThat(left).matches("\"events\";r=[01];t=[0-3]"));
            assertThat(answer.response().headers().firstValue("RateLimit-Policy"))
                    .hasValue("\"events\";q=1;w=1");
        }
    }

    private static Answer send(String type, String body) {
        return send(type, body.getBytes(StandardCharsets.UTF_8), null);
    }

    private static Answer send(String type, byte[] body, @org.jspecify.annotations.Nullable String encoding) {
        return encoding == null
                ? server.send("POST", PATH, key, type, body)
                : server.send("POST", PATH, key, type, body, "Content-Encoding", encoding);
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(plain);
        }
        return packed.toByteArray();
    }

    /** The document, after checking that it is the one promised; every answer says what is left, this one too. */
    private static JsonNode refused(Answer answer, int status, String code) {
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(status);
        assertThat(answer.response().headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
        assertThat(answer.response().headers().firstValue("RateLimit")).isPresent();
        assertThat(answer.body().get("code").textValue()).isEqualTo(code);
        assertThat(answer.body().get("status").intValue()).isEqualTo(status);
        assertThat(answer.body().get("type").textValue()).endsWith("/v1/problems/" + code);
        return answer.body();
    }
}
