package io.gamemetrics.infrastructure.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;

@ExtendWith(OutputCaptureExtension.class)
class ProblemDocumentsTest {

    private static final String NEEDLE = "needle-anna-1987";
    private static final String ADMIN = Calls.tokenOf("*", Role.ADMIN);
    private static ServletWebServerApplicationContext service;
    private static Calls calls;

    @BeforeAll
    static void start() {
        service = EchoService.start("gamemetrics.allowed-origins=https://studio.example");
        calls = new Calls(service.getWebServer().getPort());
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void a_document_has_type_title_status_and_code() throws Exception {
        HttpResponse<String> answer = calls.get("/nowhere", ADMIN);
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body())
                .isEqualTo("{\"type\":\"/v1/problems/notFound\",\"title\":\"There is no such thing, or it is not the"
                        + " caller's.\",\"status\":404,\"code\":\"notFound\"}");
    }

    @Test
    void each_way_to_ask_wrongly_has_its_code() throws Exception {
        assertThat(Calls.code(calls.get("/games/intendo/numbers?n=x", ADMIN))).isEqualTo("parameter.malformed");
        assertThat(Calls.code(calls.get("/games/UPPER/numbers", ADMIN))).isEqualTo("notFound");
        HttpResponse<String> method = calls.get("/games", ADMIN);
        assertThat(Calls.code(method)).isEqualTo("method.notAllowed");
        assertThat(method.headers().firstValue("Allow")).hasValue("POST");
        assertThat(Calls.code(post("text/plain", "x"))).isEqualTo("mediaType.unsupported");
        assertThat(Calls.code(post("application/json", "[1]"))).isEqualTo("body.malformed");
        assertThat(Calls.code(post("application/json", ""))).isEqualTo("body.malformed");
        HttpResponse<String> malformed = post("application/json", "{\n  \"a\": oops}");
        assertThat(Calls.problem(malformed).path("line").asInt()).isEqualTo(2);
    }

    @Test
    void nothing_sent_comes_back_or_stands_in_the_log(CapturedOutput log) throws Exception {
        String path = "/games/" + NEEDLE;
        List<HttpResponse<String>> answers = List.of(
                calls.get("/broken/" + NEEDLE, ADMIN),
                calls.get(path + "/numbers", Calls.tokenOf("other", Role.ANALYST)),
                calls.get("/games/intendo/numbers?n=" + NEEDLE, ADMIN),
                calls.get("/" + NEEDLE, ADMIN),
                calls.get("/" + NEEDLE, NEEDLE),
                calls.get("/" + NEEDLE, "gmk_" + NEEDLE),
                post("application/json", "{\"a\":" + NEEDLE + "}"),
                post("application/json", "\"" + NEEDLE + "\""),
                post("application/x-" + NEEDLE, "{}"),
                calls.send(calls.to(path)
                        .header("Authorization", "Bearer " + ADMIN)
                        .method("PATCH", BodyPublishers.ofString(NEEDLE))));
        for (HttpResponse<String> answer : answers) {
            assertThat(answer.statusCode()).isGreaterThanOrEqualTo(400);
            Calls.problem(answer);
            assertThat(answer.body()).doesNotContain(NEEDLE);
            assertThat(answer.headers().map().toString()).doesNotContain(NEEDLE);
        }
        assertThat(log.getAll()).contains("GET /broken/{secret} 500").doesNotContain(NEEDLE);
    }

    @Test
    void what_broke_is_found_in_the_log_by_its_reference(CapturedOutput log) throws Exception {
        HttpResponse<String> answer = calls.get("/broken/x", ADMIN);
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(log.getAll())
                .contains(Calls.problem(answer).path("reference").asText())
                .contains("java.lang.IllegalStateException")
                .contains("EchoService$Echo.broken");
    }

    @Test
    void who_calls_while_keys_can_not_be_looked_up_is_to_come_back(CapturedOutput log) throws Exception {
        HttpResponse<String> answer = calls.get("/games/intendo/numbers", EchoService.UNREADABLE_KEY);
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        assertThat(Calls.problem(answer).path("code").asText()).isEqualTo("unavailable");
        assertThat(log.getAll())
                .contains(Calls.problem(answer).path("reference").asText())
                .doesNotContain(EchoService.UNREADABLE_KEY);
    }

    @Test
    void what_tomcat_itself_refuses_is_a_problem_document_too(CapturedOutput log) throws Exception {
        try (Socket socket = new Socket(
                InetAddress.getLoopbackAddress(), service.getWebServer().getPort())) {
            socket.getOutputStream()
                    .write(("GET /" + NEEDLE + "|<> HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.UTF_8));
            String answer = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
                    .lines()
                    .collect(Collectors.joining("\n"));
            assertThat(answer)
                    .startsWith("HTTP/1.1 400")
                    .contains("application/problem+json", "request.malformed")
                    .doesNotContain(NEEDLE, "Tomcat", "<html");
            assertThat(log.getAll()).doesNotContain(NEEDLE);
        }
    }

    @Test
    void a_limit_says_when_to_come_back_and_spreads_the_returns() throws Exception {
        HttpResponse<String> answer = calls.get("/limited", ADMIN);
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValueAsLong("Retry-After").orElseThrow())
                .isBetween(4L, 6L);
    }

    @Test
    void answers_are_not_cached_sniffed_framed_or_scripted() throws Exception {
        HttpResponse<String> answer = calls.get("/limited", ADMIN);
        assertThat(answer.headers().firstValue("Cache-Control").orElseThrow()).contains("no-store");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(answer.headers().firstValue("X-Frame-Options")).hasValue("DENY");
        assertThat(answer.headers().firstValue("Content-Security-Policy"))
                .hasValue("default-src 'none'; frame-ancestors 'none'");
        HttpResponse<String> page = calls.send(calls.to("/page"));
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Security-Policy")).hasValue("default-src 'self'");
    }

    @Test
    void only_pages_of_allowed_origins_may_call() throws Exception {
        assertThat(preflight("https://studio.example").headers().firstValue("Access-Control-Allow-Origin"))
                .hasValue("https://studio.example");
        HttpResponse<String> other = preflight("https://evil.example");
        assertThat(other.statusCode()).isEqualTo(403);
        assertThat(other.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    }

    private static HttpResponse<String> preflight(String origin) throws Exception {
        return calls.send(calls.to("/games/intendo/numbers")
                .header("Origin", origin)
                .header("Access-Control-Request-Method", "GET")
                .header("Access-Control-Request-Headers", "authorization")
                .method("OPTIONS", BodyPublishers.noBody()));
    }

    private static HttpResponse<String> post(String contentType, String body) throws Exception {
        return calls.send(calls.to("/games")
                .header("Authorization", "Bearer " + ADMIN)
                .header("Content-Type", contentType)
                .POST(BodyPublishers.ofString(body)));
    }
}
