package io.gamemetrics.commandside.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.gamemetrics.commandside.player.BanFromLeaderboard;
import io.gamemetrics.commandside.player.BeginErasure;
import io.gamemetrics.commandside.player.Candidate;
import io.gamemetrics.commandside.player.Decision;
import io.gamemetrics.commandside.player.Moderated;
import io.gamemetrics.commandside.player.RecordEvents;
import io.gamemetrics.commandside.player.RecordUnattributedEvents;
import io.gamemetrics.commandside.player.UnbanFromLeaderboard;
import io.gamemetrics.infrastructure.eventcatalog.VaultEventCodec;
import io.gamemetrics.infrastructure.eventstore.EventCodec;
import io.gamemetrics.infrastructure.eventstore.EventStore;
import io.gamemetrics.infrastructure.eventstore.EventStoreSettings;
import io.gamemetrics.infrastructure.eventstore.PostgresEventStore;
import io.gamemetrics.infrastructure.privacy.KeyDirectory;
import io.gamemetrics.infrastructure.privacy.PostgresVault;
import io.gamemetrics.infrastructure.privacy.Vault;
import io.gamemetrics.infrastructure.testkit.TestPostgres;
import io.gamemetrics.sharedkernel.ids.EventId;
import io.gamemetrics.sharedkernel.ids.GameId;
import io.gamemetrics.sharedkernel.ids.PlayerId;
import io.gamemetrics.sharedkernel.ids.Pseudonym;
import io.gamemetrics.sharedkernel.ids.SessionId;
import io.gamemetrics.sharedkernel.player.Dimensions;
import io.gamemetrics.sharedkernel.player.EventHeader;
import io.gamemetrics.sharedkernel.player.PlayerEvent;
import io.gamemetrics.sharedkernel.player.PlayerEvent.AchievementUnlocked;
import io.gamemetrics.sharedkernel.player.PlayerEvent.PlayerLinked;
import io.gamemetrics.sharedkernel.player.PlayerEvent.SessionEnded;
import io.gamemetrics.sharedkernel.player.PlayerEvent.SessionStarted;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandResultMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every command bus has to make of the same commands, on a real store and vault. */
abstract class CommandBusConformance {

    static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    @TempDir
    static Path keys;

    private static int games;
    private static HikariDataSource vaultDatabase;
    static EventStore store;
    static EventCodec codec;
    static Vault vault;

    private int game;
    private long before;
    CommandBus bus;

    abstract CommandBus bus();

    @BeforeAll
    static void open() {
        store = PostgresEventStore.open(EventStoreSettings.of(
                TestPostgres.newDatabase(),
                TestPostgres.server().user(),
                TestPostgres.server().password()));
        vaultDatabase = new HikariDataSource();
        vaultDatabase.setJdbcUrl(TestPostgres.newDatabase());
        vault = PostgresVault.open(vaultDatabase, KeyDirectory.at(keys));
        codec = new VaultEventCodec(vault);
    }

    @AfterAll
    static void close() {
        store.close();
        vaultDatabase.close();
    }

    /** Each test has a game of its own, so that its players are nobody else's. */
    @BeforeEach
    void newGame() {
        game = vault.gameNumber(new GameId("game-" + ++games));
        before = store.position().number();
        bus = bus();
    }

    @AfterEach
    void closeBus() throws Exception {
        if (bus instanceof AutoCloseable closeable) {
            closeable.close();
        }
    }

    /** How many events this test has stored. */
    long stored() {
        return store.position().number() - before;
    }

    @Test
    void decidesOnceAndRemembers() {
        Pseudonym player = player("p");
        assertThat(send(player, unlocked("a", "x"), unlocked("b", "y"))).isEqualTo("accepted accepted");
        assertThat(send(player, unlocked("a", "x"), unlocked("b", "z"), unlocked("c", "z")))
                .isEqualTo("duplicate event.id.conflict accepted");
        assertThat(stored()).isEqualTo(3);
    }

    @Test
    void refusesWithoutStoringAnything() {
        Pseudonym player = player("p");
        PlayerEvent future = new AchievementUnlocked(header("a", NOW.plusSeconds(100_000), null), "x");
        assertThat(send(player, future)).isEqualTo("event.occurredAt.future");
        assertThat(send(player, future)).isEqualTo("event.occurredAt.future");
        assertThat(stored()).isZero();
        assertThat(send(player, unlocked("a", "x"))).isEqualTo("accepted");
    }

    @Test
    void findsASessionThatItNoLongerHolds() {
        Pseudonym player = player("p");
        send(player, new SessionStarted(header("start", NOW, "old"), null));
        for (int i = 0; i < 40; i++) {
            send(player, new SessionStarted(header("s" + i, NOW, "session " + i), null));
        }
        assertThat(send(
                        player,
                        new SessionStarted(header("again", NOW, "old"), null),
                        new SessionEnded(header("end", NOW, "old"), null, null)))
                .isEqualTo("session.conflict accepted");
        var stored = store.readStream(player.value(), 41, 1);
        assertThat(codec.decode(stored)).singleElement().satisfies(decoded -> {
            SessionEnded end = (SessionEnded) ((EventCodec.Decoded.Event) decoded).payload();
            assertThat(end.started())
                    .extracting(SessionEnded.KnownStart::sequence)
                    .isEqualTo(0L);
        });
    }

    @Test
    void storesBothHalvesOfALinkOrNeither() {
        Pseudonym one = player("one");
        Pseudonym other = player("other");
        Pseudonym third = player("third");
        send(other, unlocked("x", "x"));
        assertThat(send(one, new PlayerLinked(header("l", NOW, null), other))).isEqualTo("accepted");
        assertThat(send(third, new PlayerLinked(header("l", NOW, null), other))).isEqualTo("link.conflict");
        assertThat(send(other, new PlayerLinked(header("m", NOW, null), third))).isEqualTo("link.conflict");
        assertThat(store.headSequences(List.of(one.value(), other.value(), third.value())))
                .containsEntry(one.value(), 0L)
                .containsEntry(other.value(), 1L)
                .doesNotContainKey(third.value());
    }

    @Test
    void bansOnceAndRemembersWhatItDecided() {
        Pseudonym player = player("p");
        send(player, unlocked("a", "x"));
        assertThat(moderate(ban(player, "b1"))).isEqualTo(Moderated.DONE);
        assertThat(moderate(ban(player, "b2"))).isEqualTo(Moderated.UNCHANGED);
        for (int i = 0; i < 20; i++) {
            send(player, unlocked("e" + i, "x"));
            send(player("other " + i), unlocked("a", "x"));
        }
        assertThat(moderate(ban(player, "b3"))).isEqualTo(Moderated.UNCHANGED);
        assertThat(moderate(unban(player, "u1"))).isEqualTo(Moderated.DONE);
        assertThat(moderate(ban(player, "b1"))).isEqualTo(Moderated.UNCHANGED);
        assertThat(moderate(unban(player, "u2"))).isEqualTo(Moderated.UNCHANGED);
        assertThat(store.headSequences(List.of(player.value()))).containsEntry(player.value(), 22L);
    }

    @Test
    void takesNothingOfAFrozenPlayerOnAnyReplica() throws Exception {
        Pseudonym player = player("p");
        Pseudonym other = player("other");
        CommandBus one = bus;
        CommandBus replica = bus();
        send(player, unlocked("a", "x"));
        bus = replica;
        assertThat(send(player, unlocked("b", "x"))).isEqualTo("accepted");
        bus = one;
        assertThat(moderate(new BeginErasure(player, NOW))).isEqualTo(Moderated.DONE);
        bus = replica;
        assertThat(send(player, unlocked("c", "x"), unlocked("a", "x"))).isEqualTo("player.erased player.erased");
        assertThat(send(other, new PlayerLinked(header("l", NOW, null), player)))
                .isEqualTo("player.erased");
        assertThat(moderate(new BeginErasure(player, NOW))).isEqualTo(Moderated.UNCHANGED);
        if (replica instanceof AutoCloseable closeable) {
            closeable.close();
        }
        bus = one;
        assertThat(stored()).isEqualTo(3);
    }

    @Test
    void keepsManyPlayersApart() {
        List<CompletableFuture<CommandResultMessage<?>>> results = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            results.add(dispatch(record(player("player " + i), unlocked("same id", "x"), unlocked("other", "y"))));
        }
        results.forEach(result -> assertThat(words(result.join())).isEqualTo("accepted accepted"));
        assertThat(stored()).isEqualTo(600);
    }

    @Test
    void decidesAboutEventsWithoutAPlayer() {
        UUID stream = UUID.nameUUIDFromBytes("share".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        vault.gameStreams(game, List.of(stream));
        RecordUnattributedEvents command = new RecordUnattributedEvents(
                stream,
                NOW,
                false,
                List.of(new Candidate(0, unlocked("a", "x")), new Candidate(1, unlocked("b", "x"))));
        assertThat(words(dispatch(command).join())).isEqualTo("accepted accepted");
        assertThat(words(dispatch(command).join())).isEqualTo("duplicate duplicate");
    }

    private Object moderate(Object command) {
        return dispatch(command).join().getPayload();
    }

    private static BanFromLeaderboard ban(Pseudonym player, String id) {
        return new BanFromLeaderboard(player, "top", new EventId(id), NOW, "moderator", null);
    }

    private static UnbanFromLeaderboard unban(Pseudonym player, String id) {
        return new UnbanFromLeaderboard(player, "top", new EventId(id), NOW, "moderator");
    }

    Pseudonym player(String id) {
        PlayerId player = new PlayerId(id);
        return Objects.requireNonNull(vault.subjects(game, List.of(player)).get(player))
                .pseudonym();
    }

    String send(Pseudonym player, PlayerEvent... events) {
        return words(dispatch(record(player, events)).join());
    }

    CompletableFuture<CommandResultMessage<?>> dispatch(Object command) {
        CompletableFuture<CommandResultMessage<?>> result = new CompletableFuture<>();
        bus.<Object, Object>dispatch(new GenericCommandMessage<>(command), (sent, answer) -> result.complete(answer));
        return result;
    }

    static RecordEvents record(Pseudonym player, PlayerEvent... events) {
        List<Candidate> candidates = new ArrayList<>();
        for (PlayerEvent event : events) {
            candidates.add(new Candidate(candidates.size(), event));
        }
        return new RecordEvents(player, NOW, 10_000, Set.of(), false, candidates);
    }

    static PlayerEvent unlocked(String id, String what) {
        return new AchievementUnlocked(header(id.replace(' ', '-'), NOW, null), what);
    }

    private static EventHeader header(String id, Instant at, @Nullable String session) {
        return new EventHeader(
                new EventId(id), at, session == null ? null : new SessionId(session), Dimensions.NONE, false);
    }

    static String words(CommandResultMessage<?> result) {
        if (result.isExceptional()) {
            throw new AssertionError("the command failed", result.exceptionResult());
        }
        List<String> words = new ArrayList<>();
        for (Object decision : (List<?>) result.getPayload()) {
            words.add(
                    switch ((Decision) decision) {
                        case Decision.Accepted a -> "accepted";
                        case Decision.Duplicate d -> "duplicate";
                        case Decision.Rejected r -> r.refusal().code();
                    });
        }
        return String.join(" ", words);
    }
}
