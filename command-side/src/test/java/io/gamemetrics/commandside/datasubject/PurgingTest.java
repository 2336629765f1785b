package io.gamemetrics.commandside.datasubject;

import static io.gamemetrics.commandside.datasubject.Played.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.commandside.SharedCommandSide;
import io.gamemetrics.commandside.TestCommandSide;
import io.gamemetrics.commandside.TestCommandSide.Answer;
import io.gamemetrics.commandside.datasubject.RequestState.Executing;
import io.gamemetrics.commandside.ingestion.PlayerCommands;
import io.gamemetrics.commandside.ingestion.RejectedLog;
import io.gamemetrics.infrastructure.erasures.ErasureAnswer;
import io.gamemetrics.infrastructure.erasures.ErasureOrder;
import io.gamemetrics.infrastructure.erasures.ErasureOrder.Step;
import io.gamemetrics.infrastructure.erasures.ErasureOrders;
import io.gamemetrics.infrastructure.erasures.ErasuresSchema;
import io.gamemetrics.infrastructure.eventcatalog.StoredRemainder;
import io.gamemetrics.infrastructure.eventstore.EventCodec;
import io.gamemetrics.infrastructure.eventstore.EventStore;
import io.gamemetrics.infrastructure.privacy.PostgresVault;
import io.gamemetrics.infrastructure.replays.KnownProjection;
import io.gamemetrics.infrastructure.replays.ReplaysSchema;
import io.gamemetrics.infrastructure.replays.Versions;
import io.gamemetrics.infrastructure.testkit.TestPostgres;
import io.gamemetrics.infrastructure.web.Role;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.Purged;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.SubjectPurged;
import io.gamemetrics.sharedkernel.erasure.Remainder;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.ds.PGSimpleDataSource;

/** What goes of subjects at last: of all requests of a round together, and counted whoever dies in between. */
@ExtendWith(SharedCommandSide.class)
class PurgingTest {

    private static final PGSimpleDataSource READ_MODELS = new PGSimpleDataSource();

    private final TestCommandSide server = SharedCommandSide.server();
    private final PostgresVault vault = server.context().getBean(PostgresVault.class);
    private final EventStore store = server.context().getBean(EventStore.class);
    private final RequestViews views = server.context().getBean(RequestViews.class);
    private final ErasureOrders orders = new ErasureOrders(READ_MODELS);
    private String game;
    private String key;

    @BeforeAll
    static void prepare() {
        READ_MODELS.setUrl(TestPostgres.newDatabase());
        ReplaysSchema.migrate(READ_MODELS);
        ErasuresSchema.migrate(READ_MODELS);
        new Versions(READ_MODELS).register(new KnownProjection("metrics", 2, true, 1));
    }

    @BeforeEach
    void createGame() {
        game = SharedCommandSide.newGame();
        key = server.createGame(game);
    }

    @Test
    void refusedEventsAreLookedThroughOnceForAll() {
        refused("refused-one");
        AtomicInteger asked = new AtomicInteger();
        UUID request = ordered("refused-one", "nobody-2", "nobody-3");
        UUID other = ordered("nobody-4", "nobody-5");
        SubjectErasure erasure = erasure(counting(asked), server.context().getBean(RequestCommands.class));

        take(request, erasure);
        take(other, erasure);
        erasure.finish();

        assertThat(asked).as("a page, the end, and what goes").hasValue(3);
        assertThat(executing(request).isScanned()).isTrue();
        assertThat(executing(other).isScanned()).isTrue();
        assertThat(rows(request, 0)).containsOnly(Map.entry("rejected-events", 1L));
        assertThat(rows(request, 1)).isEmpty();
        List.of(request, other).forEach(vault.requestSecrets()::destroy);
    }

    @Test
    void whatWentIsKnownToWhoDoesItAgain() {
        server.events(game, key, "[" + event("a1", "counted-one") + "]");
        refused("counted-one");
        UUID request = ordered("counted-one");
        SubjectErasure erasure = erasure(store, server.context().getBean(RequestCommands.class));
        round(request, erasure);
        ErasureOrder order = orders.find(request, 0).orElseThrow();
        byte[] none = StoredRemainder.write(new Remainder(null, null, List.of()));
        orders.answer(order, new ErasureAnswer("metrics", 1, Map.of("event", 7L), none));
        round(request, erasure);
        orders.answer(orders.find(request, 0).orElseThrow(), new ErasureAnswer("metrics", 1, Map.of()));

        round(request, erasure(store, deaf()));

        assertThat(vault.keys(order.streams())).as("it is done").isEmpty();
        assertThat(executing(request).purged()).as("and nobody said so").isEmpty();
        round(request, erasure);
        assertThat(rows(request, 0))
                .containsOnly(
                        Map.entry("rejected-events", 1L), Map.entry("events", 1L), Map.entry("metrics.event", 7L));
        assertThat(orders.find(request, 0)).map(ErasureOrder::step).contains(Step.SCAN);
        vault.requestSecrets().destroy(request);
    }

    private void refused(String player) {
        server.events(game, key, "[" + event("bad", player).replace("first", "") + "]");
    }

    private void round(UUID request, SubjectErasure erasure) {
        take(request, erasure);
        erasure.finish();
    }

    private void take(UUID request, SubjectErasure erasure) {
        Executing known = executing(request);
        Intake intake = vault.requestSecrets()
                .find(request, Intake.NAME)
                .map(Intake::ofBytes)
                .orElseThrow();
        for (int subject = 0; subject < intake.subjects().size(); subject++) {
            erasure.take(request, subject, intake, known);
        }
    }

    private Executing executing(UUID request) {
        return (Executing) views.find(request).orElseThrow();
    }

    private Map<String, Long> rows(UUID request, int subject) {
        SubjectPurged purged =
                Objects.requireNonNull(executing(request).purged().get(subject));
        return purged.purged().stream().collect(Collectors.toMap(Purged::kind, Purged::rows));
    }

    private SubjectErasure erasure(EventStore over, RequestCommands commands) {
        PersonStores stores = new PersonStores(
                READ_MODELS,
                vault,
                over,
                server.context().getBean(EventCodec.class),
                server.context().getBean(PlayerCommands.class),
                new RejectedLog(over, vault));
        return new SubjectErasure(
                stores,
                commands,
                views,
                new Answered(stores.versions(), List.of()),
                new Exports(stores, new EndedStreams(vault, views, store), commands, views, Clock.systemUTC()),
                Clock.systemUTC());
    }

    private UUID ordered(String... players) {
        String privacy = server.person(Map.of(game, Set.of(Role.PRIVACY)));
        String subjects = Stream.of(players)
                .map(player -> "{\"gameId\":\"" + game + "\",\"playerId\":\"" + player + "\"}")
                .collect(Collectors.joining(","));
        String body = "{\"type\":\"ERASURE\",\"subjects\":[" + subjects
                + "],\"identity\":{\"confirmed\":true,\"how\":\"signed in\"}}";
        Answer made = post(privacy, "", body);
        assertThat(made.status()).as("%s", made.body()).isEqualTo(201);
        UUID request = UUID.fromString(made.body().get("requestId").textValue());
        assertThat(post(privacy, "/" + request + "/execute", "").status()).isEqualTo(202);
        return request;
    }

    private Answer post(String privacy, String path, String body) {
        return server.send(
                "POST",
                "/v1/data-subject-requests" + path,
                privacy,
                "application/json",
                body.getBytes(StandardCharsets.UTF_8));
    }

    /** The event store, which counts how often the log of refused events is asked for. */
    private EventStore counting(AtomicInteger asked) {
        return (EventStore) Proxy.newProxyInstance(
                EventStore.class.getClassLoader(), new Class<?>[] {EventStore.class}, (proxy, method, args) -> {
                    if (method.getName().equals("rejectedEvents")) {
                        asked.incrementAndGet();
                    }
                    return method.invoke(store, args);
                });
    }

    /** What is told to requests is heard by nobody: whoever tells them has died. */
    private RequestCommands deaf() {
        EventStore silent = (EventStore) Proxy.newProxyInstance(
                EventStore.class.getClassLoader(), new Class<?>[] {EventStore.class}, (proxy, method, args) -> {
                    throw new IllegalStateException("the event store does not answer");
                });
        return new RequestCommands(
                silent,
                server.context().getBean(EventCodec.class),
                server.context().getBean(Standings.class));
    }
}
