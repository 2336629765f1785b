package io.gamemetrics.infrastructure.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;

class RequestLimitsTest {

    private static final int MEBIBYTE = 1 << 20;
    private static ServletWebServerApplicationContext service;
    private static Calls calls;

    @BeforeAll
    static void start() {
        service = EchoService.start("gamemetrics.max-concurrent-requests=2");
        calls = new Calls(service.getWebServer().getPort());
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void a_body_of_five_mebibytes_passes_and_one_byte_more_does_not() throws Exception {
        assertThat(post(new byte[5 * MEBIBYTE]).body()).isEqualTo("" + 5 * MEBIBYTE);
        HttpResponse<String> answer = post(new byte[5 * MEBIBYTE + 1]);
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(Calls.problem(answer).path("maxBytes").asLong()).isEqualTo(5L * MEBIBYTE);
    }

    @Test
    void a_body_of_unknown_length_is_stopped_at_the_limit() throws Exception {
        HttpResponse<String> answer = calls.send(
                ingest().POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[6 * MEBIBYTE]))));
        assertThat(answer.statusCode()).isEqualTo(413);
    }

    @Test
    void gzip_is_unpacked_and_counted_unpacked() throws Exception {
        assertThat(postGzip(gzip(5L * MEBIBYTE)).body()).isEqualTo("" + 5 * MEBIBYTE);
        byte[] bomb = gzip(200L * MEBIBYTE);
        assertThat(bomb.length).isLessThan(MEBIBYTE);
        HttpResponse<String> answer = postGzip(bomb);
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(Calls.code(answer)).isEqualTo("body.tooLarge");
    }

    @Test
    void what_is_not_gzip_or_cut_short_says_so() throws Exception {
        byte[] whole = gzip(10_000);
        for (byte[] body :
                new byte[][] {"not gzip at all".getBytes(StandardCharsets.UTF_8), Arrays.copyOf(whole, 12)}) {
            HttpResponse<String> answer = postGzip(body);
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(Calls.code(answer)).isEqualTo("body.notGzip");
        }
    }

    @Test
    void another_encoding_is_refused_and_told_which_ones_work() throws Exception {
        HttpResponse<String> answer =
                calls.send(ingest().header("Content-Encoding", "br").POST(BodyPublishers.ofString("x")));
        assertThat(answer.statusCode()).isEqualTo(415);
        assertThat(Calls.code(answer)).isEqualTo("encoding.unsupported");
        assertThat(answer.headers().firstValue("Accept-Encoding")).hasValue("gzip, identity");
    }

    @Test
    void too_many_requests_at_once_are_answered_503_and_health_still_answers() throws Exception {
        String token = Calls.tokenOf("*", Role.ADMIN);
        CompletableFuture<Integer> first = held(token);
        CompletableFuture<Integer> second = held(token);
        EchoService.Echo.HELD.await();
        HttpResponse<String> answer = calls.get("/limited", token);
        while (answer.statusCode() != 503) {
            answer = calls.get("/limited", token);
        }
        assertThat(Calls.code(answer)).isEqualTo("unavailable");
        assertThat(answer.headers().firstValueAsLong("Retry-After").orElseThrow())
                .isPositive();
        assertThat(calls.send(calls.to("/actuator/health")).statusCode()).isEqualTo(200);
        EchoService.Echo.HOLD.countDown();
        assertThat(first.join()).isEqualTo(200);
        assertThat(second.join()).isEqualTo(200);
        assertThat(calls.get("/limited", token).statusCode()).isEqualTo(429);
    }

    private static CompletableFuture<Integer> held(String token) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return calls.get("/held", token).statusCode();
                    } catch (IOException | InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                },
                task -> Thread.ofVirtual().start(task));
    }

    private static HttpResponse<String> post(byte[] body) throws Exception {
        return calls.send(ingest().POST(BodyPublishers.ofByteArray(body)));
    }

    private static HttpResponse<String> postGzip(byte[] body) throws Exception {
        return calls.send(ingest().header("Content-Encoding", "gzip").POST(BodyPublishers.ofByteArray(body)));
    }

    private static HttpRequest.Builder ingest() {
        return calls.to("/games/intendo/bytes").header("Authorization", "Bearer " + EchoService.KEY);
    }

    private static byte[] gzip(long zeros) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream packed = new GZIPOutputStream(bytes)) {
            byte[] chunk = new byte[MEBIBYTE];
            for (long left = zeros; left > 0; left -= chunk.length) {
                packed.write(chunk, 0, (int) Math.min(left, chunk.length));
            }
        }
        return bytes.toByteArray();
    }
}
