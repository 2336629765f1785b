package io.gamemetrics.commandside.datasubject;

import static io.gamemetrics.commandside.datasubject.Played.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.gamemetrics.infrastructure.erasures.ErasureAnswer;
import io.gamemetrics.infrastructure.erasures.ErasureOrder;
import io.gamemetrics.infrastructure.erasures.ErasureOrder.Step;
import io.gamemetrics.infrastructure.eventcatalog.StoredRemainder;
import io.gamemetrics.infrastructure.privacy.SearchMarks.Mark;
import io.gamemetrics.sharedkernel.erasure.Remainder;
import io.gamemetrics.sharedkernel.ids.GameId;
import io.gamemetrics.sharedkernel.ids.PlayerId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A certificate says that stores were searched, or there is none: also where the orders' database was made anew, or the vault or
 * the event store was put back to before.
 */
class SearchedAnewTest {

    private static ReadModelsPart platform;

    @BeforeAll
    static void start() {
        platform = new ReadModelsPart();
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    @Test
    void whoIsPurgedIsSearchedForAlsoWhenTheOrderIsLost() {
        ReadModelsPart.Playing playing = platform.newGame();
        playing.send(event("a1", "lost-and-found"));
        UUID stream = playing.stream("lost-and-found");
        String request = playing.request("ERASURE", "lost-and-found");
        playing.post("/" + request + "/execute", "");
        purged(stream);
        platform.awaitOrder(Step.SCAN, stream);

        platform.orders().forget(UUID.fromString(request), 0);

        ErasureOrder again = platform.awaitOrder(Step.SCAN, stream);
        assertThat(again.streams()).containsExactly(stream);
        platform.orders().answer(again, ErasureAnswer.searched("metrics", 1, Map.of("metrics a.b", 1L), 7, 70));
        platform.orders().answer(again, ErasureAnswer.searched("players", 1, Map.of(), 7, 70));
        playing.awaitPhase(request, "COMPLETED");
        JsonNode certificate = playing.get("/" + request + "/certificate").body();
        assertThat(certificate.get("evidence").findValuesAsText("text"))
                .contains("subject 0 searched metrics 7 values 70 bytes, hits 1")
                .anyMatch(text -> text.startsWith("subject 0 searched events "))
                .noneMatch(text -> text.contains("held by no store"));
        await().pollInterval(Duration.ofMillis(50))
                .until(() -> platform.orders().all(UUID.fromString(request)).isEmpty());
    }

    @Test
    void whatAVaultThatWasPutBackKnowsOfNoSearchIsSearchedAgain() {
        ReadModelsPart.Playing playing = platform.newGame();
        playing.send(event("a1", "searched-before"), event("a2", "still-there"));
        UUID stream = playing.stream("searched-before");
        UUID other = playing.stream("still-there");
        String request = playing.request("ERASURE", "searched-before", "still-there");
        playing.post("/" + request + "/execute", "");
        searched(stream, 7);
        awaitRemembered(request);

        platform.forgetInVault(request, "searched.0");

        searched(other, 8);
        search(platform.awaitOrder(Step.SCAN, stream), 9);
        playing.awaitPhase(request, "COMPLETED");
        assertThat(evidence(playing, request))
                .contains("subject 0 searched metrics 9 values 90 bytes, hits 0")
                .contains("subject 1 searched metrics 8 values 80 bytes, hits 0")
                .noneMatch(text -> text.contains("metrics 7 values"));
    }

    @Test
    void whoeverTheVaultCannotSayMoreOfIsSearchedForByTheirId() {
        ReadModelsPart.Playing playing = platform.newGame();
        playing.send(event("a1", "little-known"), event("a2", "better-known"));
        UUID stream = playing.stream("little-known");
        UUID other = playing.stream("better-known");
        String request = playing.request("ERASURE", "little-known", "better-known");
        playing.post("/" + request + "/execute", "");
        searched(stream, 7);
        awaitRemembered(request);

        platform.forgetInVault(request, "searched.0");
        platform.forgetInVault(request, "needles.0");

        searched(other, 8);
        search(platform.awaitOrder(Step.SCAN, UUID.fromString(request)), 9);
        playing.awaitPhase(request, "COMPLETED");
        assertThat(evidence(playing, request))
                .contains("subject 0 searched metrics 9 values 90 bytes, hits 0")
                .noneMatch(text -> text.contains("held by no store"));
        assertThat(playing.get("/" + request + "/certificate")
                        .body()
                        .get("residue")
                        .toString())
                .contains("\"what\":\"search\"", "\"subject\":0");
    }

    @Test
    void whoWasEndedInAnEventStoreThatIsGoneIsSearchedForToo() {
        ReadModelsPart.Playing playing = platform.newGame();
        playing.send(event("a1", "ended-before"));
        UUID stream = playing.stream("ended-before");
        String request = playing.request("ERASURE", "ended-before");
        platform.vault()
                .requestSecrets()
                .putNeedles(UUID.fromString(request), 0, List.of("ended-before", stream.toString()));
        ended(playing, "ended-before", stream);

        playing.post("/" + request + "/execute", "");

        search(platform.awaitOrder(Step.SCAN, stream), 7);
        playing.awaitPhase(request, "COMPLETED");
        assertThat(evidence(playing, request)).contains("subject 0 searched metrics 7 values 70 bytes, hits 0");
    }

    @Test
    void whoWasErasedBeforeAndOfWhomTheVaultKnowsNoMoreIsSearchedForByTheirId() {
        ReadModelsPart.Playing playing = platform.newGame();
        playing.send(event("a1", "erased-before"));
        UUID stream = playing.stream("erased-before");
        ended(playing, "erased-before", stream);
        String request = playing.request("ERASURE", "erased-before");

        playing.post("/" + request + "/execute", "");

        search(platform.awaitOrder(Step.SCAN, UUID.fromString(request)), 9);
        playing.awaitPhase(request, "COMPLETED");
        assertThat(evidence(playing, request))
                .contains("subject 0 searched metrics 9 values 90 bytes, hits 0")
                .noneMatch(text -> text.contains("held by no store"));
    }

    private static List<String> evidence(ReadModelsPart.Playing playing, String request) {
        return playing.get("/" + request + "/certificate")
                .body()
                .get("evidence")
                .findValuesAsText("text");
    }

    /** Waits until the vault remembers that the first subject was searched for. */
    private static void awaitRemembered(String request) {
        await().pollInterval(Duration.ofMillis(50)).until(() -> platform.vault()
                .searchMarks()
                .of(UUID.fromString(request), Mark.SEARCHED)
                .contains(0));
    }

    /** Has the player be erased in the vault, and nothing else done. */
    private static void ended(ReadModelsPart.Playing playing, String player, UUID stream) {
        int game = platform.vault().findGameNumber(new GameId(playing.game)).orElseThrow();
        PlayerId id = new PlayerId(player);
        platform.vault().erasures().begin(game, id);
        platform.vault().erasures().destroy(game, id, stream);
    }

    private static void purged(UUID stream) {
        ErasureOrder order = platform.awaitOrder(Step.REMAINDER, stream);
        byte[] none = StoredRemainder.write(new Remainder(null, null, List.of()));
        platform.orders().answer(order, new ErasureAnswer("metrics", 1, Map.of(), none));
        platform.orders().answer(order, new ErasureAnswer("players", 1, Map.of()));
        answer(platform.awaitOrder(Step.PURGE, stream));
    }

    private static void searched(UUID stream, long values) {
        purged(stream);
        search(platform.awaitOrder(Step.SCAN, stream), values);
    }

    private static void search(ErasureOrder order, long values) {
        platform.orders().answer(order, ErasureAnswer.searched("metrics", 1, Map.of(), values, 10 * values));
        platform.orders().answer(order, ErasureAnswer.searched("players", 1, Map.of(), values, 10 * values));
    }

    private static void answer(ErasureOrder order) {
        platform.orders().answer(order, new ErasureAnswer("metrics", 1, Map.of()));
        platform.orders().answer(order, new ErasureAnswer("players", 1, Map.of()));
    }
}
