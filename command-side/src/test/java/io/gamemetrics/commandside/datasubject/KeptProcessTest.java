package io.gamemetrics.commandside.datasubject;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.commandside.SharedCommandSide;
import io.gamemetrics.commandside.TestCommandSide;
import io.gamemetrics.infrastructure.eventstore.EventCodec;
import io.gamemetrics.infrastructure.eventstore.EventStore;
import io.gamemetrics.infrastructure.privacy.KeptRecords;
import io.gamemetrics.infrastructure.privacy.KeptRecords.Kept;
import io.gamemetrics.infrastructure.privacy.PostgresVault;
import io.gamemetrics.sharedkernel.ids.GameId;
import io.gamemetrics.sharedkernel.ids.PlayerId;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is kept ends on its day, whatever else does not answer. */
@ExtendWith(SharedCommandSide.class)
class KeptProcessTest {

    private static final LocalDate LAST_DAY = LocalDate.of(2033, 12, 31);
    private static final Instant END = Instant.parse("2034-01-01T00:00:00Z");
    private static final int PAGE = 2;

    private final TestCommandSide server = SharedCommandSide.server();
    private final PostgresVault vault = server.context().getBean(PostgresVault.class);
    private final KeptRecords records = vault.keptRecords();

    @Test
    void allAreEndedWhileTheEventStoreDoesNotAnswer() {
        String game = SharedCommandSide.newGame();
        server.createGame(game);
        int number = vault.findGameNumber(new GameId(game)).orElseThrow();
        List<Kept> all = Stream.generate(UUID::randomUUID)
                .limit(2 * PAGE + 1)
                .map(request -> records.keep(
                        new Kept(request, 0, "PURCHASES", number, 1, LAST_DAY, END, false),
                        List.of(new PlayerId("somebody")),
                        "section 147 AO",
                        List.of(new byte[] {1})))
                .toList();

        endWhatIsOver(new RequestCommands(
                silent(),
                server.context().getBean(EventCodec.class),
                server.context().getBean(Standings.class)));

        assertThat(all).allSatisfy(kept -> {
            assertThat(records.piece(kept, 0)).isEmpty();
            assertThat(records.of(kept.request())).isEmpty();
        });
        assertThat(untold()).as("they are told of it later").containsAll(requests(all));
        endWhatIsOver(server.context().getBean(RequestCommands.class));
        assertThat(untold()).doesNotContainAnyElementsOf(requests(all));
    }

    private void endWhatIsOver(RequestCommands commands) {
        try (KeptProcess process = new KeptProcess(vault, commands, Clock.fixed(END, ZoneOffset.UTC), PAGE)) {
            process.endWhatIsOver();
        }
    }

    private List<UUID> untold() {
        return requests(records.ended(END, null, 1_000));
    }

    private static List<UUID> requests(List<Kept> all) {
        return all.stream().map(Kept::request).toList();
    }

    private static EventStore silent() {
        return (EventStore) Proxy.newProxyInstance(
                EventStore.class.getClassLoader(), new Class<?>[] {EventStore.class}, (proxy, method, args) -> {
                    throw new IllegalStateException("the event store does not answer");
                });
    }
}
