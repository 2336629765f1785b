package io.gamemetrics.infrastructure.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReplayTest {

    private final FakePlatform platform = new FakePlatform();

    @AfterEach
    void stop() {
        platform.close();
    }

    @Test
    void a_replay_is_watched_until_it_has_caught_up() {
        Typed typed = run("replay", "start", "metrics", "--events-per-second", "5000");

        assertThat(typed.exit()).isZero();
        assertThat(typed.err()).startsWith("███████░░░░░░░░░░░░░░░░░  30.0 %  1,800 events/s, 1 min 1 s left");
        assertThat(typed.out()).isEqualTo("""
                r1  metrics version 2 beside version 1
                FOLLOWING, 100.0 %, at 7.100 of 7.100
                proof: 3 of 3 ranges, 0 mismatches
                  2026-11-24T10:00:00Z  ada  start\s\s
                """);
        assertThat(platform.calls.getFirst()).isEqualTo("POST /v1/replays");
    }

    @Test
    void a_dry_run_is_shown_and_nothing_is_watched() {
        assertThat(run("replay", "start", "metrics", "--dry-run").out()).isEqualTo("""
                events: 1000
                bytesNeeded: 5000
                bytesFree: 9000
                secondsEstimated: null
                fits: true
                """);
        assertThat(platform.calls).hasSize(1);
    }

    @Test
    void nobody_has_to_wait() {
        assertThat(run("replay", "start", "metrics", "--no-wait").out()).contains("READING, 30.0 %");
    }

    @Test
    void orders_go_where_they_are_meant_to() {
        assertThat(run("replay", "switch", "r1").out()).contains("SWITCHED");
        for (String order : new String[] {"pause", "resume", "throttle", "rollback", "cancel", "drop"}) {
            run("replay", order, "r1");
        }

        assertThat(platform.calls)
                .containsExactly(
                        "POST /v1/replays/r1/switch",
                        "POST /v1/replays/r1/pause",
                        "POST /v1/replays/r1/resume",
                        "POST /v1/replays/r1/throttle",
                        "POST /v1/replays/r1/rollback",
                        "POST /v1/replays/r1/cancel",
                        "POST /v1/replays/r1/drop");
    }

    @Test
    void a_part_is_said_as_it_is_meant() {
        run("replay", "start", "metrics", "--game", "a", "--game", "b", "--from", "2026-11-01T00:00:00Z", "--no-wait");
        assertThat(platform.replays.started.getFirst())
                .contains(
                        "\"games\":[\"a\",\"b\"]",
                        "\"from\":\"2026-11-01T00:00:00Z\"",
                        "\"to\":null",
                        "\"types\":null");
        run("replay", "start", "metrics", "--type", "player.registered", "--when-identical", "--no-wait");
        assertThat(platform.replays.started.getLast())
                .contains("\"types\":[\"player.registered\"]", "\"switch\":\"WHEN_IDENTICAL\"");
    }

    @Test
    void what_differs_between_old_and_new_is_listed_and_shows_in_the_exit_code() {
        Typed same = run("replay", "compare", "r1");
        assertThat(same.exit()).isZero();
        assertThat(same.err()).startsWith("comparing: 40 parts, 7 entries one by one");
        assertThat(same.out()).isEqualTo("Nothing differs in 90 parts.\n");
        platform.replays.compared = FakeReplays.OTHER;
        Typed other = run("replay", "compare", "r1");
        assertThat(other.exit()).isEqualTo(Exit.FAILED.code);
        assertThat(other.out()).contains("days", "2026-11-24", "7.12").endsWith("1 of 90 parts differ.\n");
        platform.replays.compared = FakeReplays.FAILED;
        Typed failed = run("replay", "compare", "r1");

        assertThat(failed.exit()).isEqualTo(Exit.FAILED.code);
        assertThat(failed.out()).isEqualTo("They are too far behind.\n");
    }

    @Test
    void they_are_listed_in_columns() {
        assertThat(run("replay", "list").out()).isEqualTo("""
                replayId  projection  version  phase      percent  eventsPerSecond  etaSeconds  begunAt
                r1        metrics     2        FOLLOWING  100      1800             61          2026-11-24T10:00:00Z
                """);
    }

    @Test
    void projections_are_listed_with_what_is_wrong() {
        assertThat(run("projections").out()).isEqualTo("""
                name     version  lagSeconds  eventsPerSecond  instances  quarantined
                metrics  2        0           180              2          1
                Something is wrong.
                metrics: TIME_ZONE intendo. Days are gone. To count it anew: gamemetrics replay start metrics; \
                if you don't want it: gamemetrics replay dismiss o1
                """);
    }

    @Test
    void what_is_offered_can_be_dismissed() {
        assertThat(run("replay", "dismiss", "o1").out()).isEqualTo("Dismissed: Days are gone.\n");
        assertThat(platform.calls).containsExactly("POST /v1/offers/o1/dismiss");
    }

    @Test
    void what_never_arrives_says_so_and_what_nobody_knows_too() {
        assertThat(ReplayWatch.text(Surroundings.JSON.createObjectNode().put("neverCatchesUp", true)))
                .endsWith("0 events/s, never, as it goes now");
        assertThat(ReplayWatch.text(Surroundings.JSON.createObjectNode().put("neverCatchesUp", false)))
                .endsWith("0 events/s, not known yet");
    }

    private Typed run(String... arguments) {
        return Typed.command(Typed.environment(platform, Path.of("unused")), arguments);
    }
}
