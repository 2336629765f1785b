package io.gamemetrics.infrastructure.endtoendtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.gamemetrics.infrastructure.testkit.RawSearch;
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

    @Test
    void nothingSaysWhoTheyWereAndBothSearchesFindWhatIsPlanted() throws Exception {
        try (Client client = PLATFORM.client();
                ExecutorService others = Executors.newVirtualThreadPerTaskExecutor()) {
            String key = client.createGame(GAME, "UTC");
            client.defineBoard(GAME, "best", "BEST", "DESC");
            String position = client.send(GAME, key, CanaryEvents.of(ID, NAME, TALKED_OF));
            client.post(GAME, key, CanaryEvents.refused(ID, NAME));
            assertThat(client.game(GAME, position, "player(id: \"" + ID + "\") { id displayName }")
                            .toString())
                    .contains(ID, NAME);
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
            filesSayNothing(PLATFORM.data());
        }
    }

    private static void filesSayNothing(Path data) throws Exception {
        Controls.plant(data);
        Map<String, List<Path>> files = RawSearch.forTexts("zyqwertha", "Zyqwertha", NAME, Controls.TEXT)
                .below(data);
        assertThat(files.getOrDefault(Controls.TEXT, List.of()).stream()
                        .map(file -> data.relativize(file).getName(1).toString())
                        .distinct())
                .containsExactlyInAnyOrder("postgres", "kafka", "redis");
        assertThat(files.get("zyqwertha")).isEmpty();
        assertThat(files.get("Zyqwertha")).isEmpty();
        assertThat(files.get(NAME)).isEmpty();
        assertThat(PLATFORM.process().output()).doesNotContainIgnoringCase("zyqwertha");
    }

    private static int play(Client client, String key, CountDownLatch enough) throws Exception {
        int sent = 0;
        while (!enough.await(20, TimeUnit.MILLISECONDS)) {
            client.send(GAME, key, CanaryEvents.ofOthers(sent++));
        }
        return sent;
    }
}
