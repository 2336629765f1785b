package io.gamemetrics.infrastructure.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestsTest {

    @TempDir
    Path folder;

    private final FakePlatform platform = new FakePlatform();

    @AfterEach
    void stop() {
        platform.close();
    }

    @Test
    void requests_are_listed_and_shown() {
        assertThat(run("requests", "list").out()).isEqualTo("""
                requestId  type     phase      receivedAt            dueAt
                r1         ERASURE  EXECUTING  2026-11-22T12:00:00Z  2026-12-22T12:00:00Z
                """);
        assertThat(run("requests", "show", "r1").out()).endsWith("""
                subject  gameId  playerId  phase   hits
                0        chess   anna      PURGED
                """);
        assertThat(platform.calls).contains("GET /v1/data-subject-requests/r1");
    }

    @Test
    void a_request_is_made_of_several_players() {
        Typed typed = run(
                "requests",
                "create",
                "chess",
                "anna",
                "bert",
                "--confirmed",
                "signed in",
                "--received-at",
                "2026-11-22T12:00:00Z");
        assertThat(typed.exit()).isZero();
        assertThat(typed.out()).isEqualTo("Request r1, due 2026-12-22T12:00:00Z\n");
        assertThat(platform.requests.sent)
                .singleElement()
                .asString()
                .startsWith("POST /v1/data-subject-requests {\"type\":\"ERASURE\",\"subjects\":[{")
                .contains("\"playerId\":\"bert\"")
                .contains("\"receivedAt\":\"2026-11-22T12:00:00Z\"")
                .contains("\"confirmed\":true");
    }

    @Test
    void a_player_is_erased() {
        assertThat(run("erase", "chess", "anna o'neil").out()).startsWith("Request r1, due");
        assertThat(platform.calls).containsExactly("DELETE /v1/games/chess/players/anna o'neil");
    }

    @Test
    void what_is_to_be_kept_is_said_in_one_word() {
        String keep = "PURCHASES:2033-12-31:section 147: books";
        String sent = "\"keep\":[{";
        assertThat(run("requests", "create", "chess", "anna", "--keep", keep).exit())
                .isZero();
        assertThat(run("erase", "chess", "anna", "--keep", keep).out()).startsWith("Request r1, due");
        assertThat(run("erase", "chess", "anna", "--keep", keep, "--dry-run").exit())
                .isZero();
        assertThat(platform.requests.sent)
                .hasSize(4)
                .element(2)
                .isEqualTo("POST /v1/data-subject-requests/r1/execute ");
        assertThat(platform.requests.sent)
                .filteredOn(call -> call.startsWith("POST /v1/data-subject-requests {"))
                .hasSize(3)
                .allMatch(call -> call.contains(sent)
                        && call.contains("\"kind\":\"PURCHASES\"")
                        && call.contains("\"until\":\"2033-12-31\"")
                        && call.contains("\"ground\":\"section 147: books\""));
        assertThat(platform.calls).noneMatch(call -> call.startsWith("DELETE"));
    }

    @Test
    void what_is_not_said_that_way_is_sent_nowhere() {
        assertThat(run("erase", "chess", "anna", "--keep", "PURCHASES:2033-12-31")
                        .exit())
                .isEqualTo(2);
        assertThat(platform.calls).isEmpty();
    }

    @Test
    void what_each_request_keeps_is_drawn() {
        assertThat(run("requests", "kept").out()).isEqualTo("""
                requestId  gameId  kind       until       subjects  records
                r1         chess   PURCHASES  2033-12-31  2         9
                """);
    }

    @Test
    void what_is_kept_is_drawn() {
        assertThat(run("requests", "kept", "r1").out()).isEqualTo("""
                Subject 0, PURCHASES until 2033-12-31: a law
                type      playerId  occurredAt            eventId  purchaseEventId  itemId  currency  amountMicros  country
                purchase  anna      2026-11-22T12:00:00Z  e1                        gems5   USD       4990000
                """);
        platform.requests.kept = "{\"requestId\":\"r1\",\"kept\":[]}";
        assertThat(run("requests", "kept", "r1").out()).isEqualTo("Nothing is kept.\n");
        platform.requests.kept = "{\"requestId\":\"r1\",\"kept\":[],\"lost\":[{\"subject\":2,\"kind\":\"PURCHASES\","
                + "\"until\":\"2033-12-31\",\"records\":3}]}";
        assertThat(run("requests", "kept", "r1").out()).isEqualTo("""
                Nothing is kept.
                Lost of subject 2: 3 PURCHASES until 2033-12-31; the vault was put back to before they were kept.
                """);
    }

    @Test
    void a_plan_is_waited_for_and_drawn() {
        Typed typed = run("requests", "plan", "r1");
        assertThat(typed.exit()).isZero();
        assertThat(typed.out()).isEqualTo("""
                Request r1: 1 subjects, who are 2 players here. Nothing was changed.
                store        version  kind    rows  then
                event-store           events  42    become unreadable
                metrics      1        event   7     go
                """);
        assertThat(platform.calls).hasSize(2);
    }

    @Test
    void a_plan_is_shown_as_far_as_it_is() {
        assertThat(run("requests", "plan", "r1", "--no-wait").out())
                .endsWith("Not counted yet: metrics/1. Ask again.\n");
    }

    @Test
    void a_dry_run_erases_nobody() {
        Typed typed = run("erase", "chess", "anna", "--dry-run");
        assertThat(typed.out())
                .contains("event-store")
                .endsWith("To go on: gamemetrics requests execute r1,"
                        + " or to leave it: gamemetrics requests refuse r1 \"dry run\"\n");
        assertThat(platform.requests.sent).singleElement().asString().contains("\"type\":\"ERASURE\"");
        assertThat(platform.calls).noneMatch(call -> call.startsWith("DELETE") || call.endsWith("/execute"));
    }

    @Test
    void an_export_is_made_waited_for_and_saved_for_nobody_else_to_read() throws Exception {
        Path file = folder.resolve("p.zip");
        Typed typed = run("export", "chess", "anna", "--output", file.toString());
        assertThat(typed.exit()).as(typed.err()).isZero();
        assertThat(typed.out()).startsWith("Saved " + file + " (5 bytes), request r1.");
        assertThat(Files.readString(file)).isEqualTo("a ZIP");
        assertThat(Files.getPosixFilePermissions(file))
                .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
        assertThat(platform.requests.sent)
                .hasSize(2)
                .first()
                .asString()
                .contains("\"type\":\"EXPORT\"", "\"playerId\":\"anna\"");

        platform.calls.clear();
        assertThat(run("export", "chess", "anna", "--output", file.toString()).exit())
                .as("never over another file")
                .isEqualTo(2);
        assertThat(platform.calls).isEmpty();
    }

    @Test
    void an_export_that_is_ready_is_saved_again() throws Exception {
        Path file = folder.resolve("p.zip");
        assertThat(run("requests", "export", "r1", file.toString()).exit()).isZero();
        assertThat(platform.calls).containsExactly("GET /v1/data-subject-requests/r1/export");
        run("requests", "create", "chess", "anna", "--type", "export");
        assertThat(platform.requests.sent).singleElement().asString().contains("\"type\":\"EXPORT\"");
    }

    @ParameterizedTest
    @CsvSource({
        "confirm,signed in,confirm-identity,how",
        "refuse,nobody of ours,refuse,reason",
        "hold,a court,hold,reason",
        "extend,very many,extend,reason",
    })
    void a_step_says_why(String command, String words, String step, String field) {
        assertThat(run("requests", command, "r1", words).exit()).isZero();
        assertThat(platform.requests.sent)
                .containsExactly(
                        "POST /v1/data-subject-requests/r1/" + step + " {\"" + field + "\":\"" + words + "\"}");
    }

    @ParameterizedTest
    @CsvSource({"execute", "release"})
    void some_steps_need_no_words(String step) {
        assertThat(run("requests", step, "r1").exit()).isZero();
        assertThat(platform.requests.sent).containsExactly("POST /v1/data-subject-requests/r1/" + step + " ");
    }

    @Test
    void a_certificate_is_saved_as_it_was_signed_and_never_over_another_file() throws Exception {
        Path file = folder.resolve("c.json");
        assertThat(run("requests", "certificate", "r1", file.toString()).exit()).isZero();
        assertThat(Files.readString(file)).isEqualTo("{\"format\":\"x\",\"signature\":\"y\"}");
        assertThat(run("requests", "certificate", "r1", file.toString()).exit()).isEqualTo(2);
    }

    @Test
    void the_audit_is_looked_through() {
        assertThat(run("audit", "verify").out()).isEqualTo("Intact: 42 entries, head ab12\n");
        platform.requests.audit = "{\"intact\":false,\"entries\":41,\"head\":\"ab12\",\"brokenAt\":42}";
        Typed broken = run("audit", "verify");
        assertThat(broken.exit()).isEqualTo(1);
        assertThat(broken.out()).startsWith("Broken at entry 42");
    }

    private Typed run(String... arguments) {
        return Typed.command(Typed.environment(platform, folder), arguments);
    }
}
