package io.gamemetrics.infrastructure.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SendingEventsTest {

    @TempDir
    Path folder;

    private final FakePlatform platform = new FakePlatform();

    @AfterEach
    void stop() {
        platform.close();
    }

    @Test
    void sendsEveryEventOfAFileOnce() throws Exception {
        Typed typed = send(file(events(1, 250)), "--batch", "100");
        assertThat(typed.exit()).isEqualTo(0);
        assertThat(platform.stored).hasSize(250);
        assertThat(typed.out()).contains("250 accepted, 0 duplicates, 0 rejected");
    }

    @Test
    void readsGzipAndStandardInput() throws Exception {
        Path gzip = folder.resolve("events.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(gzip))) {
            out.write(events(1, 5).getBytes(StandardCharsets.UTF_8));
        }
        assertThat(send(gzip).exit()).isEqualTo(0);
        Typed typed = Typed.withInput(events(6, 3) + "\n\n", environment(), "events", "send", "-", "--game", "chess");
        assertThat(typed.exit()).isEqualTo(0);
        assertThat(platform.stored).hasSize(8);
    }

    @Test
    void goesOnThroughRefusalsForNowAndLostConnections() throws Exception {
        platform.misbehaviour.addAll(List.of(503, 429, 0, 500, 0, 503));
        Typed typed = send(file(events(1, 300)), "--batch", "50");
        assertThat(typed.exit()).isEqualTo(0);
        assertThat(platform.stored).hasSize(300);
        assertThat(platform.requestsWithEvents.get()).isGreaterThanOrEqualTo(12);
    }

    @Test
    void halvesWhatIsTooLarge() throws Exception {
        platform.misbehaviour.addAll(List.of(413, 413));
        assertThat(send(file(events(1, 40)), "--parallel", "1").exit()).isEqualTo(0);
        assertThat(platform.stored).hasSize(40);
        assertThat(platform.requestsWithEvents.get()).isEqualTo(5);
    }

    @Test
    void saysPartlyDoneAndWhyWhenEventsWereRejected() throws Exception {
        Typed typed = send(file("{\"eventId\":\"a\"}\n{\"eventId\":\"bad1\"}\n{\"eventId\":\"b\"}\n"));
        assertThat(typed.exit()).isEqualTo(5);
        assertThat(typed.out()).contains("1 × purchase.currency.unknown").contains("event 2: currency: 'XX'");
    }

    @Test
    void saysRefusedWhenAllEventsWereRejected() throws Exception {
        assertThat(send(file("{\"eventId\":\"bad\"}\n")).exit()).isEqualTo(3);
    }

    @Test
    void anInterruptedRunGoesOnWhereItWas() throws Exception {
        Path file = file(events(1, 100));
        Typed first = withRefusalAfter(3, file);
        assertThat(first.exit()).isEqualTo(3);
        assertThat(platform.stored).hasSize(30);
        platform.misbehaviour.clear();
        int before = platform.requestsWithEvents.get();
        Typed second = send(file, "--batch", "10", "--parallel", "1");
        assertThat(second.exit()).isEqualTo(0);
        assertThat(second.err()).contains("Going on after 30 events");
        assertThat(second.out()).contains("100 accepted, 0 duplicates");
        assertThat(platform.requestsWithEvents.get() - before).isEqualTo(7);
    }

    @Test
    void aChangedFileStartsAgain() throws Exception {
        Path file = file(events(1, 100));
        withRefusalAfter(3, file);
        platform.misbehaviour.clear();
        Files.writeString(file, events(1, 101));
        Typed typed = send(file, "--batch", "10");
        assertThat(typed.err()).doesNotContain("Going on");
        assertThat(typed.out()).contains("71 accepted, 30 duplicates");
    }

    @Test
    void aBorrowedKeyIsGivenBack() throws Exception {
        send(file(events(1, 1)));
        assertThat(platform.calls)
                .containsExactly(
                        "POST /v1/games/chess/keys", "POST /v1/games/chess/events", "DELETE /v1/games/chess/keys/k1");
    }

    @Test
    void aGivenKeyIsUsedAsItIs() throws Exception {
        send(file(events(1, 1)), "--key", "gmk_ingest_mine_secret");
        assertThat(platform.calls).containsExactly("POST /v1/games/chess/events");
    }

    @Test
    void aPlatformThatNeverAnswersIsNotReachable() throws Exception {
        Map<String, String> nowhere = environment();
        platform.close();
        Typed typed = Typed.command(
                nowhere,
                "events",
                "send",
                file(events(1, 1)).toString(),
                "--game",
                "chess",
                "--key",
                "gmk_x",
                "--patience",
                "0");
        assertThat(typed.exit()).isEqualTo(4);
        assertThat(typed.err()).startsWith("Nobody answers at http://127.0.0.1:");
    }

    @Test
    void aMissingFileIsAMistakeInTheCommand() {
        assertThat(Typed.command(environment(), "events", "send", "nowhere.ndjson", "--game", "chess")
                        .exit())
                .isEqualTo(2);
    }

    private Typed withRefusalAfter(int batches, Path file) {
        platform.misbehaviour.clear();
        for (int batch = 0; batch < batches; batch++) {
            platform.misbehaviour.add(FakePlatform.BEHAVE);
        }
        platform.misbehaviour.add(403);
        return send(file, "--batch", "10", "--parallel", "1");
    }

    private Typed send(Path file, String... more) {
        String[] arguments = java.util.stream.Stream.concat(
                        java.util.stream.Stream.of("events", "send", file.toString(), "--game", "chess"),
                        java.util.stream.Stream.of(more))
                .toArray(String[]::new);
        return Typed.command(environment(), arguments);
    }

    private Map<String, String> environment() {
        return Typed.environment(platform, folder);
    }

    private Path file(String text) throws Exception {
        return Files.writeString(folder.resolve("events.ndjson"), text);
    }

    private static String events(int from, int count) {
        return IntStream.range(from, from + count)
                .mapToObj(number -> "{\"eventId\":\"e-" + number + "\"}")
                .collect(Collectors.joining("\n"));
    }
}
