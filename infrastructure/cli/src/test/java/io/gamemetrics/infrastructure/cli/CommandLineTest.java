package io.gamemetrics.infrastructure.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandLineTest {

    @TempDir
    Path folder;

    private final FakePlatform platform = new FakePlatform();

    @AfterEach
    void stop() {
        platform.close();
    }

    @Test
    void aNewGameShowsItsKeyOnce() {
        Typed typed = run("games", "create", "chess", "--currency", "EUR");
        assertThat(typed).isEqualTo(new Typed(0, """
                Created chess. Its key for sending events, shown only now:
                gmk_ingest_k0_secret
                """, ""));
    }

    @Test
    void keysAreListedInColumns() {
        assertThat(run("keys", "list", "chess").out()).isEqualTo("""
                keyId  kind    label        createdAt             lastUsedAt  expiresAt  revokedAt
                k1     INGEST  game server  2026-11-22T10:00:00Z
                """);
    }

    @Test
    void scriptsGetTheAnswerAsItIs() {
        assertThat(run("keys", "create", "chess", "--json").out()).isEqualTo("""
                {
                  "keyId" : "k1",
                  "secret" : "gmk_ingest_k1_secret"
                }
                """);
    }

    @Test
    void aRevokedKeyIsNamed() {
        assertThat(run("keys", "revoke", "chess", "k1")).isEqualTo(new Typed(0, "Revoked k1.\n", ""));
        assertThat(platform.calls).containsExactly("DELETE /v1/games/chess/keys/k1");
    }

    @Test
    void aRefusalIsToldWithItsCode() {
        Typed typed = run("games", "list");
        assertThat(typed.exit()).isEqualTo(3);
        assertThat(typed.err()).isEqualTo("Refused (404): Not found [game.unknown]\n");
    }

    @Test
    void aQueryTakesVariablesInJsonAndAsText() {
        Typed typed = run("query", "-e", "query($a: ID!, $n: Int) { game }", "-v", "a=chess", "-v", "n=3", "--json");
        assertThat(typed.exit()).isEqualTo(0);
        assertThat(typed.out()).contains("\"a\" : \"chess\"").contains("\"n\" : 3");
    }

    @Test
    void aQueryMayComeFromAFile() throws Exception {
        Path file = Files.writeString(folder.resolve("q.graphql"), "{ game }");
        assertThat(run("query", file.toString()).out()).contains("{ game }");
    }

    @Test
    void aQueryWithErrorsIsRefused() {
        Typed typed = run("query", "-e", "{ wrong }");
        assertThat(typed.exit()).isEqualTo(3);
        assertThat(typed.err()).isEqualTo("no such field [BAD_INPUT]\n");
    }

    @Test
    void withoutCredentialsItSaysWhereTheyComeFrom() {
        Map<String, String> environment = new HashMap<>(Typed.environment(platform, folder));
        environment.remove("GAMEMETRICS_TOKEN");
        environment.put("GAMEMETRICS_DATA", folder.toString());
        Typed typed = Typed.command(environment, "games", "list");
        assertThat(typed.exit()).isEqualTo(2);
        assertThat(typed.err())
                .startsWith("There are no credentials: set GAMEMETRICS_TOKEN, or start the platform here");
    }

    @Test
    void theLocalPlatformsCredentialsAndAddressesAreFound() throws Exception {
        Files.writeString(folder.resolve("credentials.json"), "{\"admin\":\"local\"}");
        Files.writeString(folder.resolve("addresses.json"), "{\"commands\":\"" + platform.address() + "\"}");
        Typed typed = Typed.command(Map.of("GAMEMETRICS_DATA", folder.toString()), "keys", "list", "chess");
        assertThat(typed.exit()).isEqualTo(0);
    }

    @Test
    void anUnknownCommandIsAMistake() {
        assertThat(run("gmaes").exit()).isEqualTo(2);
    }

    @Test
    void progressShowsRateAndTimeLeft() {
        ProgressLine line = new ProgressLine(new Terminal(System.in, nowhere(), nowhere(), false), true);
        assertThat(line.text(150_000, 0.5, Duration.ofSeconds(10)))
                .isEqualTo("████████████░░░░░░░░░░░░  50 %  150,000 events, 15,000/s, 10 s left");
    }

    private static java.io.PrintWriter nowhere() {
        return new java.io.PrintWriter(java.io.Writer.nullWriter());
    }

    private Typed run(String... arguments) {
        return Typed.command(Typed.environment(platform, folder), arguments);
    }
}
