package io.gamemetrics.commandside.datasubject;

import static io.gamemetrics.commandside.datasubject.Played.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.gamemetrics.infrastructure.erasures.ErasureAnswer;
import io.gamemetrics.infrastructure.erasures.ErasureOrder;
import io.gamemetrics.infrastructure.erasures.ErasureOrder.Step;
import io.gamemetrics.infrastructure.eventcatalog.StoredRemainder;
import io.gamemetrics.sharedkernel.erasure.Remainder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A certificate says that stores were searched, or there is none: also where the orders' database was made anew. */
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
        ErasureOrder order = platform.awaitOrder(Step.REMAINDER, stream);
        byte[] none = StoredRemainder.write(new Remainder(null, null, List.of()));
        platform.orders().answer(order, new ErasureAnswer("metrics", 1, Map.of(), none));
        platform.orders().answer(order, new ErasureAnswer("players", 1, Map.of()));
        answer(platform.awaitOrder(Step.PURGE, stream));
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

    private static void answer(ErasureOrder order) {
        platform.orders().answer(order, new ErasureAnswer("metrics", 1, Map.of()));
        platform.orders().answer(order, new ErasureAnswer("players", 1, Map.of()));
    }
}
