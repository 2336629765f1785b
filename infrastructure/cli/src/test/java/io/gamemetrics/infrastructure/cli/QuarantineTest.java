package io.gamemetrics.infrastructure.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class QuarantineTest {

    private final FakePlatform platform = new FakePlatform();

    @AfterEach
    void stop() {
        platform.close();
    }

    @Test
    void what_waits_is_listed_page_by_page() {
        assertThat(run("quarantine", "list", "--projection", "metrics").out()).isEqualTo("""
                projection  version  stream  position  type          cause           events  since
                metrics     1        s1      7.42      PurchaseMade  handler.failed  3       2026-11-24T10:00:00Z
                metrics     1        s2      7.42      PurchaseMade  handler.failed  3       2026-11-24T10:00:00Z
                """);
        assertThat(platform.calls).hasSize(2);
    }

    @Test
    void a_stream_is_shown_with_its_first_events() {
        assertThat(run("quarantine", "show", "metrics", "s1").out()).isEqualTo("""
                version 1, partition 3, game 7: 3 wait since 2026-11-24T10:00:00Z, for handler.failed
                position  sequence  type          revision  bytes  storedAt              cause
                7.42      5         PurchaseMade  1         210    2026-11-24T09:59:59Z  handler.failed
                """);
        assertThat(platform.calls).containsExactly("GET /v1/quarantine/metrics/s1");
    }

    @Test
    void a_retry_is_watched_until_it_is_done() {
        Typed typed = run("quarantine", "retry", "metrics", "--stream", "s1");

        assertThat(typed.exit()).isZero();
        assertThat(typed.out()).isEqualTo("""
                o1  RETRY by ada: DONE, 3 applied, 0 passed over
                version  partition  stream  position  state     applied  skipped  stoppedAt  stoppedCause
                1        3          s1      7.42      RELEASED  3        0
                """);
        assertThat(platform.quarantine.ordered).containsExactly("{\"projection\":\"metrics\",\"stream\":\"s1\"}");
    }

    @Test
    void what_still_waits_afterwards_is_not_taken_for_done() {
        platform.quarantine.end = "STOPPED";

        assertThat(run("quarantine", "retry", "metrics", "--cause", "handler.failed")
                        .exit())
                .isEqualTo(5);
        assertThat(platform.quarantine.ordered)
                .containsExactly("{\"projection\":\"metrics\",\"cause\":\"handler.failed\"}");
    }

    @Test
    void a_skip_says_why() {
        assertThat(run("quarantine", "skip", "metrics", "s1").exit()).isEqualTo(2);
        assertThat(run("quarantine", "skip", "metrics", "s1", "--reason", "sent twice", "--no-wait")
                        .out())
                .contains("OPEN");
        assertThat(platform.quarantine.ordered)
                .containsExactly("{\"projection\":\"metrics\",\"stream\":\"s1\",\"reason\":\"sent twice\"}");
    }

    @Test
    void a_retry_of_nothing_named_is_no_order() {
        assertThat(run("quarantine", "retry", "metrics").exit()).isEqualTo(2);
        assertThat(run("quarantine", "retry", "metrics", "--stream", "s1", "--cause", "c")
                        .exit())
                .isEqualTo(2);
        assertThat(platform.calls).isEmpty();
    }

    @Test
    void orders_stay_readable() {
        assertThat(run("quarantine", "orders").out()).contains("o1       metrics     RETRY  s1");
        assertThat(run("quarantine", "order", "o1").out()).contains("RETRY by ada");
    }

    private Typed run(String... arguments) {
        return Typed.command(Typed.environment(platform, Path.of("unused")), arguments);
    }
}
