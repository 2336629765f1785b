package io.gamemetrics.commandside.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.commandside.TestCommandSide;
import io.gamemetrics.commandside.TestCommandSide.Databases;
import io.gamemetrics.infrastructure.testkit.BenchReport;
import io.gamemetrics.infrastructure.testkit.IngestLoad;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How does the rate change with what is stored already: millions of events of others, many events of the same players, and
 * the same events again? The baseline of each is the first of its kind in the same run.
 */
@Tag("bench")
class IngestGrowthBench {

    private static final int ROUNDS = Integer.getInteger("rounds", 5);
    private static final Duration ROUND = Duration.ofSeconds(Integer.getInteger("seconds", 6));
    private static final List<Long> STORED = longs("stored", "0,1000000,10000000,20000000");
    private static final List<Long> LENGTHS = longs("lengths", "10,1000,10000,100000");
    private static final long EVENTS_OF_ALL_STREAMS = Long.getLong("streamEvents", 2_000_000);
    private static final double BAR = 0.8;

    @Test
    void millions_of_events_of_others() throws Exception {
        List<IngestLoad> loads = List.of(IngestLoad.CLUSTERED, IngestLoad.UNIFORM);
        IngestRuns.warmUp(IngestLoad.CLUSTERED, IngestLoad.UNIFORM);
        Databases databases = Databases.create();
        Map<IngestLoad, Map<Long, long[]>> rates = new LinkedHashMap<>();
        try (TestCommandSide server = TestCommandSide.start(databases);
                IngestSenders senders = new IngestSenders(server, "bench", server.createGame("bench"))) {
            FilledStore store = new FilledStore(databases.store());
            long filled = 0;
            for (long stored : STORED) {
                store.fill(filled, stored - filled);
                filled = stored;
                for (IngestLoad load : loads) {
                    long[] rounds = rounds(() -> senders.perSecond(load, ROUND));
                    Map<Long, long[]> ofLoad = rates.computeIfAbsent(load, any -> new LinkedHashMap<>());
                    ofLoad.put(stored, rounds);
                    report(
                            "ingest-growth-" + load.name() + "-" + stored,
                            Map.of("stored", stored),
                            rounds,
                            Map.of("first", ofLoad.getOrDefault(STORED.getFirst(), rounds)));
                }
            }
        }
        rates.forEach((load, ofLoad) -> {
            long first = BenchReport.median(ofLoad.getOrDefault(STORED.getFirst(), new long[] {0}));
            long last = BenchReport.median(ofLoad.getOrDefault(STORED.getLast(), new long[] {0}));
            assertThat(last / (double) first).as(load.name()).isGreaterThanOrEqualTo(BAR);
        });
    }

    @Test
    void many_events_of_the_same_players_and_the_same_again() throws Exception {
        IngestRuns.warmUp(IngestLoad.CLUSTERED);
        Map<String, long[]> firsts = new HashMap<>();
        for (long length : LENGTHS) {
            int players = (int) Math.max(1, EVENTS_OF_ALL_STREAMS / length);
            IngestLoad load = new IngestLoad("stream-" + length, players, 25, 500, 8);
            try (TestCommandSide server = TestCommandSide.start(Databases.create());
                    IngestSenders senders = new IngestSenders(server, "bench", server.createGame("bench"))) {
                senders.send(load, EVENTS_OF_ALL_STREAMS / load.batch());
                long[] more = rounds(() -> senders.perSecond(load, ROUND));
                long[] again = rounds(() -> senders.againPerSecond(load, ROUND));
                Map<String, Object> settings = Map.of("eventsOfAPlayer", length, "players", players);
                report(
                        "ingest-streams-" + length,
                        settings,
                        more,
                        Map.of("first", firsts.computeIfAbsent("more", any -> more)));
                report(
                        "ingest-duplicates-" + length,
                        settings,
                        again,
                        Map.of("first", firsts.computeIfAbsent("again", any -> again)));
            }
        }
    }

    private interface Round {
        long perSecond() throws Exception;
    }

    private static long[] rounds(Round round) throws Exception {
        long[] rates = new long[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            rates[i] = round.perSecond();
        }
        return rates;
    }

    private static void report(String name, Map<String, ?> settings, long[] rounds, Map<String, long[]> baselines)
            throws Exception {
        System.out.print(BenchReport.write(name, "events/s", IngestRuns.settings(ROUND, settings), rounds, baselines));
    }

    private static List<Long> longs(String property, String otherwise) {
        return Arrays.stream(System.getProperty(property, otherwise).split(","))
                .map(Long::valueOf)
                .toList();
    }
}
