package io.gamemetrics.infrastructure.endtoendtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.gamemetrics.infrastructure.endtoendtests.CommandLine.Ended;
import io.gamemetrics.infrastructure.testkit.RawSearch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * A player whose every personal field can't be mistaken is erased while others play. Afterwards neither the platform's own
 * search nor the bytes of any file say who they were, while both find what is planted. What they bought is kept, by name: no
 * file says that either. Early, before other journeys make these files long.
 */
@Order(2)
class CanaryJourneyTest {

    @RegisterExtension
    static final SharedPlatform PLATFORM = new SharedPlatform();

    private static final String GAME = "canaries";
    private static final String ID = "zyqwertha-5521@example.test";
    private static final String NAME = "Zyqwertha \u00c7an\u00e2r\u00ff";

    /** Somebody else of whom a friend of theirs wrote: the platform's search has to find that. */
    private static final String TALKED_OF = "wroten-about-7741";

    /** What the log says when somebody looks at refused events: its control. */
    private static final String LOGGED = "rejected-events game=" + GAME;

    @TempDir
    Path folder;

    @Test
    void nothingSaysWhoTheyWereAndBothSearchesFindWhatIsPlanted() throws Exception {
        try (Client client = PLATFORM.client();
                ExecutorService others = Executors.newVirtualThreadPerTaskExecutor()) {
            String key = client.createGame(GAME, "UTC");
            client.defineBoard(GAME, "best", "BEST", "DESC");
            client.send(GAME, key, CanaryEvents.registered(ID, NAME));
            PlayerBits bits = PlayerBits.of(PLATFORM.data(), GAME);
            int number = bits.onlyPlayer();
            String position = client.send(GAME, key, CanaryEvents.of(ID, NAME, TALKED_OF));
            client.post(GAME, key, CanaryEvents.refused(ID, NAME));
            isReadByAllWhoMay(client, position);
            assertThat(bits.set()).as("the control among the bitmaps").contains(number);
            CountDownLatch enough = new CountDownLatch(1);
            Future<Integer> load = others.submit(() -> play(client, key, enough));

            Erasing erasing = new Erasing(client, GAME);
            String canary = erasing.orderKeepingPurchases(ID, "2033-12-31", "section 147 AO");
            String other = erasing.order(TALKED_OF);
            JsonNode certificate = erasing.untilCertified(canary);
            JsonNode found = erasing.untilCertified(other);
            enough.countDown();
            assertThat(load.get()).as("events of others meanwhile").isPositive();

            assertThat(certificate.at("/subjects/0/hits").asInt(-1))
                    .as(Erasing.evidence(certificate).toString())
                    .isZero();
            assertThat(erasing.kept(canary).toString())
                    .as("what they bought is kept, and can be read")
                    .contains("\"playerId\":\"" + ID + "\"", "\"itemId\":\"sword\"")
                    .doesNotContain("session", NAME);
            assertThat(certificate.path("residue").findValuesAsText("ground")).containsExactly("section 147 AO");
            for (String store : List.of("events", "kafka", "vault", "kept-records", "metrics", "leaderboards")) {
                assertThat(Erasing.evidence(certificate))
                        .anyMatch(text -> text.matches("subject 0 searched " + store + " [1-9].* hits 0"));
            }
            assertThat(Erasing.evidence(found))
                    .as("the control, in a friend's event")
                    .anyMatch(text -> text.matches("subject 0 searched events .* hits 1"))
                    .anyMatch(text -> text.matches("subject 0 searched kafka .* hits 1"));
            assertThat(bits.set()).as("others are still there").isNotEmpty().doesNotContain(number);
            filesSayNothing(PLATFORM.data(), bits.game());
        }
    }

    /** By readers, by an operator who looks at what was refused, and by the player, who asks what is held of them. */
    private void isReadByAllWhoMay(Client client, String position) throws Exception {
        String asked = "player(id: \"" + ID + "\") { id displayName } activePlayers(day: \"2026-03-20\") { dau }";
        assertThat(client.game(GAME, position, asked).toString()).contains(ID, NAME);
        String refused = "/v1/games/" + GAME + "/rejected-events";
        String entry =
                client.command("GET", refused, Map.of()).at("/entries/0/id").asText();
        assertThat(client.command("GET", refused + "/" + entry, Map.of()).toString())
                .contains(ID, NAME);
        Path archive = folder.resolve("asked.zip");
        Ended export = PLATFORM.commandLine().run("export", GAME, ID, "--output", archive.toString());
        assertThat(export.exit()).as(export.problems()).isZero();
        assertThat(Unzipped.of(archive).values().toString()).contains(ID, NAME);
    }

    private void filesSayNothing(Path data, int game) throws Exception {
        Controls.plant(data);
        Path unpacked = Files.createDirectories(folder.resolve("unpacked"));
        UnpackedVectors.write(data.resolve("vectors"), unpacked);
        String inLedger = "ERASED " + game + " ";
        RawSearch search =
                RawSearch.forTexts("zyqwertha", "Zyqwertha", NAME, Controls.TEXT, Controls.DELETED, LOGGED, inLedger);
        Map<String, List<Path>> files = search.below(data);
        for (String place : Controls.PLACES) {
            isIn(files, Controls.TEXT, data.resolve(place));
        }
        isIn(files, Controls.DELETED, data.resolve("servers/postgres/data/base"));
        isIn(files, LOGGED, data.resolve("platform.log"));
        namesNobody(files);

        Map<String, List<Path>> vectors = search.below(unpacked);
        isIn(vectors, Controls.TEXT, unpacked.resolve(Controls.VECTORS));
        namesNobody(vectors);

        Path keys = data.resolveSibling("data-keys");
        Map<String, List<Path>> besideKeys = search.below(keys);
        isIn(besideKeys, inLedger, keys.resolve("ledger"));
        namesNobody(besideKeys);

        assertThat(PLATFORM.process().output())
                .as("what the process said")
                .contains("Ready after")
                .doesNotContainIgnoringCase("zyqwertha");
    }

    private static void isIn(Map<String, List<Path>> files, String control, Path place) {
        assertThat(files.getOrDefault(control, List.of()))
                .as("the control in %s", place)
                .anyMatch(file -> file.startsWith(place));
    }

    private static void namesNobody(Map<String, List<Path>> files) {
        assertThat(files).extractingByKeys("zyqwertha", "Zyqwertha", NAME).containsOnly(List.of());
    }

    private static int play(Client client, String key, CountDownLatch enough) throws Exception {
        int sent = 0;
        while (!enough.await(20, TimeUnit.MILLISECONDS)) {
            client.send(GAME, key, CanaryEvents.ofOthers(sent++));
        }
        return sent;
    }
}
