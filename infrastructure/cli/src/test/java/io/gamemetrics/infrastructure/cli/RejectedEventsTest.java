package io.gamemetrics.infrastructure.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RejectedEventsTest {

    private static final String TO_EURO =
            "[{\"op\":\"replace\",\"path\":\"/amount\",\"value\":0.10000000000000000001}]";

    @TempDir
    Path folder;

    private final FakePlatform platform = new FakePlatform();

    @AfterEach
    void stop() {
        platform.close();
    }

    @Test
    void theLatestAreListedInColumnsHoweverThePlatformPages() {
        assertThat(run("list", "--game", "chess", "--first", "4").out()).isEqualTo("""
                id  receivedAt            code                       type      eventId  pointer    message
                7   2026-11-22T10:00:00Z  purchase.currency.unknown  purchase  e7       /currency  currency: 'XX'
                6   2026-11-22T10:00:00Z  purchase.currency.unknown  purchase  e6       /currency  currency: 'XX'
                5   2026-11-22T10:00:00Z  purchase.currency.unknown  purchase  e5       /currency  currency: 'XX'
                4   2026-11-22T10:00:00Z  purchase.currency.unknown  purchase  e4       /currency  currency: 'XX'
                """);
        assertThat(run("list", "--game", "chess", "--json").out().lines().filter(line -> line.contains("\"id\"")))
                .hasSize(7);
    }

    @Test
    void theyAreCountedByCode() {
        assertThat(run("summary", "--game", "chess").out()).isEqualTo("""
                code             count  oldest                newest
                event.notObject  1200   2026-11-22T10:00:00Z  2026-11-23T10:00:00Z
                1,200 in all
                """);
    }

    @Test
    void oneIsShownAsItWasSent() {
        assertThat(run("show", "--game", "chess", "7").out()).isEqualTo("""
                id: 7
                code: event.notObject
                sent: [ 1 ]
                """);
    }

    @Test
    void theyAreSentInAgainRoundByRound() {
        Typed typed = run("resubmit", "--game", "chess", "--code", "a", "--patch", TO_EURO, "--batch", "3", "--json");
        assertThat(typed.exit()).isEqualTo(5);
        assertThat(typed.out())
                .contains("\"events\" : 7")
                .contains("\"accepted\" : 4")
                .contains("\"rejected\" : 3")
                .contains("\"patch.failed\" : 3");
        assertThat(platform.rejected.asked).hasSize(4);
        assertThat(platform.rejected.asked.getFirst().path("patch").toString()).contains("0.1");
        assertThat(platform.rejected.asked.getLast().path("after").asText()).isEqualTo("7");
    }

    @Test
    void aDryRunShowsATableAndSaysThatNothingWasChanged() {
        Typed typed = run("resubmit", "--game", "chess", "--code", "a", "--dry-run");
        assertThat(typed.out()).startsWith("""
                id  eventId  outcome   code          message
                1   e1       accepted
                2   e2       rejected  patch.failed  The patch does not fit.
                """).contains("Nothing was changed. It would be:\n7 events in");
        assertThat(platform.rejected.asked)
                .allSatisfy(
                        wish -> assertThat(wish.path("dryRun").booleanValue()).isTrue());
    }

    @Test
    void aPlatformThatGoesAwayInBetweenIsWaitedFor() {
        platform.misbehaviour.add(FakePlatform.BEHAVE);
        platform.misbehaviour.add(503);
        Typed typed = run("resubmit", "--game", "chess", "--id", "1", "--id", "2", "--batch", "5", "--json");
        assertThat(typed.out()).contains("\"events\" : 7");
        assertThat(platform.rejected.asked.getFirst().path("ids").toString()).isEqualTo("[\"1\",\"2\"]");
    }

    @Test
    void aPlatformThatNeverAnsweredIsNotWaitedFor() {
        platform.misbehaviour.add(503);
        assertThat(run("resubmit", "--game", "chess", "--code", "a").exit()).isEqualTo(4);
    }

    @Test
    void aPatchMayComeFromAFileAndMustBeJson() throws Exception {
        Path file = Files.writeString(folder.resolve("patch.json"), TO_EURO);
        run("resubmit", "--game", "chess", "--code", "a", "--patch-file", file.toString());
        assertThat(platform.rejected.asked.getFirst().path("patch")).hasSize(1);
        assertThat(run("resubmit", "--game", "chess", "--code", "a", "--patch", "oops")
                        .exit())
                .isEqualTo(2);
        assertThat(run("resubmit", "--game", "chess", "--code", "a", "--patch-file", "nowhere")
                        .exit())
                .isEqualTo(2);
        assertThat(run("resubmit", "--game", "chess", "--code", "a", "--patch", "[]", "--patch-file", "" + file)
                        .exit())
                .isEqualTo(2);
        assertThat(run("resubmit", "--game", "chess").exit()).isEqualTo(2);
    }

    private Typed run(String... arguments) {
        String[] all = new String[arguments.length + 2];
        all[0] = "events";
        all[1] = "rejected";
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        return Typed.command(Typed.environment(platform, folder), all);
    }
}
