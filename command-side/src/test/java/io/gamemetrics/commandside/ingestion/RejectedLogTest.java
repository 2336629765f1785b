package io.gamemetrics.commandside.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.commandside.SharedCommandSide;
import io.gamemetrics.commandside.TestCommandSide;
import io.gamemetrics.commandside.ingestion.EventAnswer.Problem;
import io.gamemetrics.infrastructure.eventstore.RejectedEvents.Entry;
import io.gamemetrics.infrastructure.eventstore.RejectedEventsQuery;
import io.gamemetrics.infrastructure.privacy.Vault;
import io.gamemetrics.sharedkernel.ids.GameId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is kept of refused events, on real servers. */
@ExtendWith(SharedCommandSide.class)
class RejectedLogTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private static TestCommandSide server;
    private static RejectedLog log;
    private static Vault vault;

    @BeforeAll
    static void start() {
        server = SharedCommandSide.server();
        log = server.context().getBean(RejectedLog.class);
        vault = server.context().getBean(Vault.class);
    }

    @Test
    void nothingIsKeptOfAPlayerWhoWasErased() {
        int game = vault.gameNumber(new GameId(SharedCommandSide.newGame()));
        EventBatch batch = EventBatch.ofJson("[1,2,3]".getBytes(StandardCharsets.UTF_8));
        log.keep(game, NOON, batch, List.of(problem(0, "a"), problem(1, "player.erased"), problem(2, "b")));
        assertThat(entries(game)).extracting(entry -> entry.event().code()).containsExactlyInAnyOrder("a", "b");
        log.keep(game, NOON, batch, List.of(problem(1, "player.erased")));
        assertThat(entries(game)).hasSize(2);
    }

    @Test
    void whatIsKeptOpensForItsGameAloneAndCanBeWrittenAnew() {
        int game = vault.gameNumber(new GameId(SharedCommandSide.newGame()));
        int other = vault.gameNumber(new GameId(SharedCommandSide.newGame()));
        log.keep(
                game,
                NOON,
                EventBatch.ofJson("[{\"a\":\"å\"}]".getBytes(StandardCharsets.UTF_8)),
                List.of(problem(0, "a")));
        Entry entry = entries(game).getFirst();
        assertThat(log.open(entry)).contains(new Refused("a", "/p", "m", "{\"a\":\"å\"}", null));

        var moved = new io.gamemetrics.infrastructure.eventstore.RejectedEvent(
                other, NOON, NOON, "a", entry.event().sealed());
        assertThat(log.open(new Entry(entry.id(), moved))).isEmpty();

        Refused again = new Refused("b", "", "n", "{\"a\":\"å\"}", "{}");
        Entry sealed = log.sealed(entry, again);
        assertThat(log.open(sealed)).contains(again);
        assertThat(sealed.event().code()).isEqualTo("b");
        assertThat(sealed.event().expiresAt()).isEqualTo(entry.event().expiresAt());
        assertThat(again.toString()).isEqualTo("Refused[b]");
    }

    private static List<Entry> entries(int game) {
        return log.entries().newestFirst(RejectedEventsQuery.all(game, NOON), null, 10, Long.MAX_VALUE);
    }

    private static Problem problem(int index, String code) {
        return new Problem(index, null, code, "/p", "m");
    }
}
