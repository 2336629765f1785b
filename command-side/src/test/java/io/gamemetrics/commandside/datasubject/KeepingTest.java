package io.gamemetrics.commandside.datasubject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamemetrics.commandside.SharedCommandSide;
import io.gamemetrics.commandside.TestCommandSide;
import io.gamemetrics.commandside.datasubject.RequestCommand.ReceiveRequest;
import io.gamemetrics.infrastructure.erasures.ErasureOrder;
import io.gamemetrics.infrastructure.erasures.ErasureOrder.Step;
import io.gamemetrics.infrastructure.eventstore.EventCodec;
import io.gamemetrics.infrastructure.eventstore.EventCodec.Decoded;
import io.gamemetrics.infrastructure.eventstore.EventStore;
import io.gamemetrics.infrastructure.eventstore.StoredEvent;
import io.gamemetrics.infrastructure.privacy.PostgresVault;
import io.gamemetrics.infrastructure.privacy.Vault.Subject;
import io.gamemetrics.sharedkernel.datasubject.KeptKind;
import io.gamemetrics.sharedkernel.datasubject.RequestKind;
import io.gamemetrics.sharedkernel.ids.GameId;
import io.gamemetrics.sharedkernel.ids.PlayerId;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is kept is kept whole, or nobody is erased. */
@ExtendWith(SharedCommandSide.class)
class KeepingTest {

    private static final List<Keep> ASKED = List.of(Keep.of(
            KeptKind.PURCHASES, LocalDate.of(2033, 12, 31), Instant.parse("2034-01-01T00:00:00Z"), "section 147 AO"));

    private TestCommandSide server;
    private PostgresVault vault;
    private ErasureOrder order;

    @BeforeEach
    void bought() {
        server = SharedCommandSide.server();
        vault = server.context().getBean(PostgresVault.class);
        String game = SharedCommandSide.newGame();
        server.events(game, server.createGame(game), "[" + purchase("buy-1") + "," + purchase("buy-2") + "]");
        int number = vault.findGameNumber(new GameId(game)).orElseThrow();
        Subject buyer = vault.findSubjects(number, List.of(new PlayerId("buyer"))).values().stream()
                .findFirst()
                .orElseThrow();
        UUID request = UUID.randomUUID();
        vault.gameStreams(number, List.of(request));
        Instant now = Instant.now();
        RequestCommands commands = server.context().getBean(RequestCommands.class);
        commands.send(new ReceiveRequest(
                request,
                RequestKind.ERASURE,
                List.of(new GameId(game)),
                RequestClock.of(now, Set.of(ZoneOffset.UTC)),
                true,
                "privacy@example.org",
                now));
        commands.send(new RequestCommand.TakeStep(request, RequestCommand.Step.EXECUTE, "privacy@example.org", now));
        order = new ErasureOrder(
                request,
                0,
                number,
                List.of(buyer.pseudonym().value()),
                List.of(buyer.playerNumber()),
                Step.REMAINDER,
                server.context().getBean(EventStore.class).position());
    }

    @Test
    void nothingIsKeptWhileAnEventCannotBeRead() {
        for (Decoded unread :
                List.of(new Decoded.UnknownType(999, 1), new Decoded.Unreadable("damaged"), new Decoded.Erased())) {
            assertThatThrownBy(() -> keeping(unread).keep(order, ASKED))
                    .as("%s", unread)
                    .isInstanceOf(IllegalStateException.class);
            assertThat(vault.keptRecords().of(order.request())).isEmpty();
        }

        keeping(null).keep(order, ASKED);

        assertThat(vault.keptRecords().of(order.request())).singleElement().satisfies(kept -> assertThat(kept.records())
                .isEqualTo(2));
    }

    @Test
    void whoIsLateFindsWhatWasKept() {
        keeping(null).keep(order, ASKED);

        keeping(new Decoded.Erased()).keep(order, ASKED);

        assertThat(vault.keptRecords().of(order.request())).singleElement().satisfies(kept -> assertThat(kept.records())
                .isEqualTo(2));
    }

    /** @param last what becomes of the last event; absent: it is read */
    private Keeping keeping(@Nullable Decoded last) {
        EventCodec codec = server.context().getBean(EventCodec.class);
        return new Keeping(
                vault,
                server.context().getBean(EventStore.class),
                last == null ? codec : new LastOne(codec, last),
                server.context().getBean(RequestCommands.class),
                Clock.systemUTC());
    }

    private record LastOne(EventCodec codec, Decoded last) implements EventCodec {

        @Override
        public List<Encoded> encode(List<NewEvent> events) {
            return codec.encode(events);
        }

        @Override
        public List<Decoded> decode(List<StoredEvent> events) {
            List<Decoded> decoded = new ArrayList<>(codec.decode(events));
            decoded.set(decoded.size() - 1, last);
            return decoded;
        }

        @Override
        public byte[] sealSnapshot(UUID stream, long sequence, byte[] plain) {
            return codec.sealSnapshot(stream, sequence, plain);
        }

        @Override
        public byte[] openSnapshot(UUID stream, long sequence, byte[] sealed) {
            return codec.openSnapshot(stream, sequence, sealed);
        }
    }

    private static String purchase(String id) {
        return "{\"eventId\":\"" + id + "\",\"type\":\"purchase\",\"playerId\":\"buyer\",\"sessionId\":\"s-1\","
                + "\"platform\":\"ios\",\"country\":\"SE\",\"itemId\":\"gems5\",\"itemType\":\"iap\","
                + "\"currency\":\"USD\",\"amountMicros\":4990000,\"occurredAt\":\"2026-01-01T10:15:30Z\"}";
    }
}
