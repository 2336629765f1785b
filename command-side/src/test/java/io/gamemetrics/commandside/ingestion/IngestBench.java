package io.gamemetrics.commandside.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.commandside.TestCommandSide;
import io.gamemetrics.commandside.TestCommandSide.Databases;
import io.gamemetrics.commandside.game.GameView;
import io.gamemetrics.commandside.game.GameViews;
import io.gamemetrics.commandside.ingestion.IngestSenders.Form;
import io.gamemetrics.infrastructure.eventstore.EventStore;
import io.gamemetrics.infrastructure.privacy.Vault;
import io.gamemetrics.infrastructure.testkit.BenchReport;
import io.gamemetrics.infrastructure.testkit.IngestLoad;
import io.gamemetrics.sharedkernel.ids.GameId;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import org.axonframework.commandhandling.CommandBus;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How many events a second does a command side make durable that is sent them over HTTP, by a client on the same two
 * processors? Baselines in the same run: the same rows copied bare, and stock Axon with one event a command and with one
 * command a player and batch, both given their batches without HTTP. Rounds alternate, so that a busy machine disturbs all.
 * With {@code -Dprofile=true} it says where the time went.
 */
@Tag("bench")
class IngestBench {

    private static final int ROUNDS = Integer.getInteger("rounds", 5);
    private static final Duration ROUND = Duration.ofSeconds(Integer.getInteger("seconds", 6));
    private static final int COPIED_ROWS = 150_000;
    private static final String BARE_COPY = "bareCopy";
    private static final String ONE_EVENT = "stockAxonOneEventACommand";
    private static final String ONE_PLAYER = "stockAxonOneCommandAPlayer";

    @Test
    void few_players_a_batch() throws Exception {
        Measured measured = measure(
                IngestLoad.CLUSTERED,
                Map.of(ONE_EVENT, IngestLoad.CLUSTERED::single, ONE_PLAYER, IngestLoad.CLUSTERED::byPlayer));
        assertThat(measured.perSecond() >= 50_000 || measured.times(BARE_COPY) >= 0.5)
                .as("50,000 durable events/s, or half of bare COPY: %s", measured)
                .isTrue();
        assertThat(measured.times(ONE_PLAYER))
                .as("against one command a player")
                .isGreaterThanOrEqualTo(3);
        assertThat(measured.times(ONE_EVENT)).as("against one event a command").isGreaterThanOrEqualTo(15);
    }

    @Test
    void another_player_with_each_event() throws Exception {
        Measured measured = measure(IngestLoad.UNIFORM, Map.of(ONE_EVENT, IngestLoad.UNIFORM::single));
        assertThat(measured.perSecond() >= 20_000 || measured.times(ONE_EVENT) >= 8)
                .as("20,000 durable events/s, or 8 × one event a command: %s", measured)
                .isTrue();
    }

    @Test
    void many_connections() throws Exception {
        measure(IngestLoad.MANY_CONNECTIONS, Map.of());
    }

    /** The client packs on the same two processors. */
    @Test
    void lines_and_packed() throws Exception {
        IngestLoad load = IngestLoad.CLUSTERED;
        Map<Form, long[]> rates = new EnumMap<>(Form.class);
        try (TestCommandSide server = TestCommandSide.start(Databases.create());
                IngestSenders senders = new IngestSenders(server, "bench", server.createGame("bench"))) {
            for (Form form : Form.values()) {
                senders.perSecond(load, IngestRuns.WARM_UP.dividedBy(Form.values().length), form);
            }
            for (int round = 0; round < ROUNDS; round++) {
                for (Form form : Form.values()) {
                    rates.computeIfAbsent(form, any -> new long[ROUNDS])[round] = senders.perSecond(load, ROUND, form);
                }
            }
        }
        long[] json = Objects.requireNonNull(rates.get(Form.JSON));
        for (Form form : List.of(Form.LINES, Form.PACKED)) {
            System.out.print(BenchReport.write(
                    "ingest-" + form.name().toLowerCase(Locale.ROOT),
                    "durable events/s",
                    IngestRuns.settings(ROUND, Map.of("connections", load.connections())),
                    Objects.requireNonNull(rates.get(form)),
                    Map.of("json", json)));
        }
        // Rounds of the same thing differ by as much.
        assertThat(BenchReport.median(Objects.requireNonNull(rates.get(Form.LINES)))
                        / (double) BenchReport.median(json))
                .as("lines compared with JSON")
                .isGreaterThan(0.9);
    }

    /** Medians of the rounds. */
    private record Measured(long perSecond, Map<String, Long> baselines) {

        double times(String baseline) {
            return perSecond / (double) Objects.requireNonNull(baselines.get(baseline));
        }
    }

    private static Measured measure(IngestLoad load, Map<String, LongFunction<List<byte[]>>> stockWays)
            throws Exception {
        Databases databases = Databases.create();
        try (TestCommandSide server = TestCommandSide.start(databases);
                StockAxonIngest stock = new StockAxonIngest();
                IngestSenders senders = new IngestSenders(server, "bench", server.createGame("bench"))) {
            BareCopy copy = new BareCopy(databases.store());
            StockSenders stockSenders = new StockSenders(server, stock);
            long[] ours = new long[ROUNDS];
            Map<String, long[]> baselines = new LinkedHashMap<>();
            warmUp(load, senders, copy, stockSenders, stockWays.values());
            try (IngestProfile profile = IngestProfile.start("ingest-" + load.name())) {
                for (int round = 0; round < ROUNDS; round++) {
                    profile.on();
                    ours[round] = senders.perSecond(load, ROUND);
                    profile.off();
                    rounds(baselines, BARE_COPY)[round] = copy.perSecond(COPIED_ROWS);
                    for (Map.Entry<String, LongFunction<List<byte[]>>> way : stockWays.entrySet()) {
                        rounds(baselines, way.getKey())[round] = stockSenders.perSecond(way.getValue(), ROUND);
                    }
                }
            }
            System.out.print(BenchReport.write(
                    "ingest-" + load.name(),
                    "durable events/s",
                    IngestRuns.settings(ROUND, Map.of("connections", load.connections())),
                    ours,
                    baselines));
            assertThat(ours).doesNotContain(0L);
            assertThat(baselines.values())
                    .allSatisfy(rounds -> assertThat(rounds).doesNotContain(0L));
            Map<String, Long> medians = new LinkedHashMap<>();
            baselines.forEach((name, rounds) -> medians.put(name, BenchReport.median(rounds)));
            return new Measured(BenchReport.median(ours), medians);
        }
    }

    /** Each for as long: what is compared is to be as warm. */
    private static void warmUp(
            IngestLoad load,
            IngestSenders senders,
            BareCopy copy,
            StockSenders stock,
            Collection<LongFunction<List<byte[]>>> stockWays)
            throws Exception {
        senders.perSecond(load, IngestRuns.WARM_UP);
        copy.perSecond(COPIED_ROWS);
        for (LongFunction<List<byte[]>> way : stockWays) {
            stock.perSecond(way, IngestRuns.WARM_UP);
        }
    }

    private static long[] rounds(Map<String, long[]> baselines, String name) {
        return baselines.computeIfAbsent(name, any -> new long[ROUNDS]);
    }

    /** Gives stock Axon what a request would hold, on as many threads as there are senders. */
    private static final class StockSenders {

        private final EventIntake intake;
        private final GameView game;
        private final AtomicLong batches = new AtomicLong();

        StockSenders(TestCommandSide server, StockAxonIngest stock) {
            CommandBus bus = stock.bus();
            var context = server.context();
            GameViews games = context.getBean(GameViews.class);
            game = games.find(new GameId("bench")).orElseThrow();
            intake = new EventIntake(
                    bus,
                    games,
                    context.getBean(Vault.class),
                    context.getBean(EventStore.class),
                    context.getBean(RejectedLog.class),
                    Clock.systemUTC());
        }

        long perSecond(LongFunction<List<byte[]>> commands, Duration length) throws Exception {
            long begun = System.nanoTime();
            long end = begun + length.toNanos();
            long accepted = IngestSenders.all(IngestLoad.CLUSTERED.connections(), () -> {
                long events = 0;
                while (System.nanoTime() < end) {
                    for (byte[] body : commands.apply(batches.incrementAndGet())) {
                        if (System.nanoTime() >= end) {
                            break;
                        }
                        EventAnswer answer = intake.take(game, EventBatch.ofJson(body), false);
                        events += answer.accepted();
                    }
                }
                return events;
            });
            return accepted * 1_000_000_000L / (System.nanoTime() - begun);
        }
    }
}
