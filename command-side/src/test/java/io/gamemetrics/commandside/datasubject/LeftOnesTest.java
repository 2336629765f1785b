package io.gamemetrics.commandside.datasubject;

import static io.gamemetrics.commandside.datasubject.Played.event;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.commandside.SharedCommandSide;
import io.gamemetrics.commandside.TestCommandSide;
import io.gamemetrics.commandside.datasubject.RequestCommand.ReceiveRequest;
import io.gamemetrics.commandside.datasubject.RequestCommand.Step;
import io.gamemetrics.commandside.datasubject.RequestCommand.TakeStep;
import io.gamemetrics.infrastructure.eventstore.EventCodec;
import io.gamemetrics.infrastructure.eventstore.EventStore;
import io.gamemetrics.infrastructure.privacy.PostgresVault;
import io.gamemetrics.infrastructure.privacy.RequestSecrets;
import io.gamemetrics.infrastructure.privacy.Vault.Subject;
import io.gamemetrics.sharedkernel.datasubject.RequestKind;
import io.gamemetrics.sharedkernel.ids.GameId;
import io.gamemetrics.sharedkernel.ids.PlayerId;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Erasures that were begun and that no request knows of: none is in another one's way. */
@ExtendWith(SharedCommandSide.class)
class LeftOnesTest {

    private static final int PAGE = 2;

    private TestCommandSide server;
    private PostgresVault vault;
    private RequestViews views;

    @BeforeEach
    void find() {
        server = SharedCommandSide.server();
        vault = server.context().getBean(PostgresVault.class);
        views = server.context().getBean(RequestViews.class);
    }

    @Test
    void allAreTakenUpHoweverManyThereAreAndWhateverBecomesOfOne() {
        Subject poisoned = begun(1).getFirst();
        // Whatever is kept for it is refused.
        vault.requestSecrets().destroy(LeftErasures.idOf(poisoned));
        List<Subject> others = new ArrayList<>(begun(2 * PAGE + 1));
        others.addAll(begun(PAGE));
        LeftErasures left = left();
        long before = vault.audit().head().entries();

        left.takeUp();

        assertThat(others).allSatisfy(subject -> assertThat(views.find(LeftErasures.idOf(subject)))
                .get()
                .isInstanceOf(RequestState.Executing.class));
        assertThat(views.find(LeftErasures.idOf(poisoned))).isEmpty();
        long after = vault.audit().head().entries();
        assertThat(after - before).isGreaterThanOrEqualTo(others.size() + 1);
        left.takeUp();
        left.takeUp();
        assertThat(vault.audit().head().entries())
                .as("the same wait is no news")
                .isEqualTo(after);
    }

    @Test
    void whatARequestKeepsIsNotTakenUpWhileItCannotBeRead() {
        Subject kept = begun(1).getFirst();
        UUID request = keeping(intakeOf(kept).toBytes());
        Subject elsewhere = begun(1).getFirst();

        left().takeUp();

        assertThat(views.find(LeftErasures.idOf(kept))).isEmpty();
        assertThat(views.find(LeftErasures.idOf(elsewhere))).isPresent();
        vault.requestSecrets().destroy(request);
        left().takeUp();
        assertThat(views.find(LeftErasures.idOf(kept))).isPresent();
    }

    @Test
    void nobodyIsTakenUpWhileNobodyCanTellWhoseAreKept() {
        UUID request = keeping("of a later build".getBytes(UTF_8));
        Subject anybody = begun(1).getFirst();

        left().takeUp();

        assertThat(views.find(LeftErasures.idOf(anybody))).isEmpty();
        vault.requestSecrets().destroy(request);
        left().takeUp();
        assertThat(views.find(LeftErasures.idOf(anybody))).isPresent();
    }

    @Test
    void whatARequestKeepsIsNotTakenUpWhileItsEventsAreNotGivenBack() {
        Subject kept = begun(1).getFirst();
        GameId game = vault.gameOf(kept.gameNumber()).orElseThrow();
        UUID request = keeping(intakeOf(kept).toBytes());
        vault.gameStreams(kept.gameNumber(), List.of(request));
        Instant now = Instant.now();
        server.context()
                .getBean(RequestCommands.class)
                .send(new ReceiveRequest(
                        request,
                        RequestKind.ERASURE,
                        List.of(game),
                        RequestClock.of(now, Set.of(ZoneOffset.UTC)),
                        true,
                        "privacy@example.org",
                        now));
        assertThat(BusyGames.of(vault, views).has(game)).as("only asked for").isFalse();

        List<CopiedEvent> copied = new ArrayList<>();
        server.context()
                .getBean(EventStore.class)
                .readStream(request, 0, 10)
                .forEach(event -> copied.add(CopiedEvent.of(event)));
        // Of a type nobody knows: if the server gives it back meanwhile, the request can't be read.
        copied.add(
                new CopiedEvent(kept.gameNumber(), 9_999, 1, copied.getFirst().payload()));
        vault.requestSecrets().put(request, RequestSecrets.STREAM, CopiedEvent.bytes(copied));

        assertThat(BusyGames.of(vault, views).has(game)).isTrue();
        left().takeUp();
        assertThat(views.find(LeftErasures.idOf(kept))).isEmpty();
        vault.requestSecrets().destroy(request);
    }

    @Test
    void whoIsBegunWhileItIsLookedWhereSomebodyIsErasedIsLeftToWhoBeganIt() {
        begun(1);
        Subject late = playedIn(SharedCommandSide.newGame(), 1).iterator().next();
        UUID request = UUID.randomUUID();
        RequestViews interrupted = new RequestViews(
                interrupted(() -> {
                    execute(request, late);
                    vault.erasures().begin(late.gameNumber(), late.playerId());
                }),
                server.context().getBean(EventCodec.class));

        left(interrupted).takeUp();

        assertThat(views.find(request)).get().isInstanceOf(RequestState.Executing.class);
        assertThat(views.find(LeftErasures.idOf(late))).isEmpty();
        vault.requestSecrets().destroy(request);
    }

    /** The event store, where something happens just after it is read for the first time. */
    private EventStore interrupted(Runnable once) {
        EventStore store = server.context().getBean(EventStore.class);
        AtomicBoolean happened = new AtomicBoolean();
        return (EventStore) Proxy.newProxyInstance(
                EventStore.class.getClassLoader(), new Class<?>[] {EventStore.class}, (proxy, method, args) -> {
                    Object answer = method.invoke(store, args);
                    if (happened.compareAndSet(false, true)) {
                        once.run();
                    }
                    return answer;
                });
    }

    private void execute(UUID request, Subject subject) {
        RequestCommands commands = server.context().getBean(RequestCommands.class);
        GameId game = vault.gameOf(subject.gameNumber()).orElseThrow();
        Instant now = Instant.now();
        RequestClock clock = RequestClock.of(now, Set.of(ZoneOffset.UTC));
        vault.requestSecrets().put(request, Intake.NAME, intakeOf(subject).toBytes());
        vault.gameStreams(subject.gameNumber(), List.of(request));
        commands.send(new ReceiveRequest(request, RequestKind.ERASURE, List.of(game), clock, true, "somebody", now));
        commands.send(new TakeStep(request, Step.EXECUTE, "somebody", now));
    }

    /** A request that keeps something, of which the event store has nothing. */
    private UUID keeping(byte[] intake) {
        UUID request = UUID.randomUUID();
        vault.requestSecrets().put(request, RequestSecrets.KEEP, new byte[0]);
        vault.requestSecrets().put(request, Intake.NAME, intake);
        return request;
    }

    private Intake intakeOf(Subject subject) {
        GameId game = vault.gameOf(subject.gameNumber()).orElseThrow();
        return new Intake(
                List.of(new Intake.Subject(game.value(), subject.playerId().value())), "signed in", null);
    }

    private LeftErasures left() {
        return left(views);
    }

    private LeftErasures left(RequestViews views) {
        return new LeftErasures(vault, server.context().getBean(RequestCommands.class), views, Clock.systemUTC(), PAGE);
    }

    /** So many players of a new game, each of whom is about to be erased. */
    private Collection<Subject> begunIn(String game, int players) {
        Collection<Subject> subjects = playedIn(game, players);
        subjects.forEach(subject -> vault.erasures().begin(subject.gameNumber(), subject.playerId()));
        return subjects;
    }

    private Collection<Subject> playedIn(String game, int players) {
        String key = server.createGame(game);
        List<PlayerId> ids = IntStream.range(0, players)
                .mapToObj(i -> new PlayerId("left-" + i))
                .toList();
        ids.forEach(id -> server.events(game, key, "[" + event("e-" + id.value(), id.value()) + "]"));
        int number = vault.findGameNumber(new GameId(game)).orElseThrow();
        return vault.findSubjects(number, ids).values();
    }

    private List<Subject> begun(int players) {
        return List.copyOf(begunIn(SharedCommandSide.newGame(), players));
    }
}
