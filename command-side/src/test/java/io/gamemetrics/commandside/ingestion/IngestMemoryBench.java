package io.gamemetrics.commandside.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.commandside.TestCommandSide;
import io.gamemetrics.commandside.TestCommandSide.Databases;
import io.gamemetrics.infrastructure.testkit.BenchReport;
import io.gamemetrics.infrastructure.testkit.IngestLoad;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Does memory grow at full rate? The live heap after a full collection and the resident set of this JVM, senders included,
 * looked at twice a minute after three minutes of warming up. One look of each a value; the first third of them is what the
 * last is compared with. Of 2,000 players: what is remembered of each, ids or a filter and 256 minutes, has its full
 * size after warming up. Of more it would still be filling.
 */
@Tag("bench")
class IngestMemoryBench {

    private static final Duration WARM_UP = Duration.ofSeconds(Integer.getInteger("warmUpSeconds", 180));
    private static final Duration LENGTH = Duration.ofSeconds(Integer.getInteger("seconds", 600));
    private static final Duration BETWEEN = Duration.ofSeconds(Integer.getInteger("everySeconds", 30));
    private static final IngestLoad LOAD = new IngestLoad("clustered-2000", 2_000, 25, 500, 8);
    private static final double MOST_GROWTH = 1.02;

    @Test
    void memory_at_full_rate() throws Exception {
        List<Long> live = new ArrayList<>();
        List<Long> resident = new ArrayList<>();
        List<Long> rates = new ArrayList<>();
        try (TestCommandSide server = TestCommandSide.start(Databases.create());
                IngestSenders senders = new IngestSenders(server, "bench", server.createGame("bench"))) {
            senders.perSecond(LOAD, WARM_UP);
            look(live, resident);
            for (Duration at = Duration.ZERO; at.compareTo(LENGTH) < 0; at = at.plus(BETWEEN)) {
                rates.add(senders.perSecond(LOAD, BETWEEN));
                look(live, resident);
            }
        }
        report("ingest-memory-live-heap", live, rates);
        report("ingest-memory-resident", resident, rates);
        assertThat(growth(live)).as("live heap").isLessThan(MOST_GROWTH);
        assertThat(growth(resident)).as("resident set").isLessThan(MOST_GROWTH);
    }

    private static void look(List<Long> live, List<Long> resident) throws IOException {
        System.gc();
        live.add(ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(pool -> pool.getType() == MemoryType.HEAP && pool.getCollectionUsage() != null)
                        .mapToLong(pool -> pool.getCollectionUsage().getUsed())
                        .sum()
                >> 10);
        resident.add(Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .sum());
    }

    /**
     * What is alive at one moment is what happens to be held just then; a leak shows in many looks. Their mean, because what is
     * alive goes up and down every two minutes, and the median is one or another place on that way.
     */
    private static double growth(List<Long> looks) {
        int third = Math.ceilDiv(looks.size(), 3);
        return mean(looks.subList(looks.size() - third, looks.size())) / mean(looks.subList(0, third));
    }

    private static double mean(List<Long> looks) {
        return looks.stream().mapToLong(Long::longValue).average().orElseThrow();
    }

    private static void report(String name, List<Long> kib, List<Long> rates) throws Exception {
        System.out.print(BenchReport.write(
                name,
                "KiB",
                IngestRuns.settings(
                        BETWEEN,
                        Map.of(
                                "eventsPerSecond",
                                BenchReport.median(longs(rates)),
                                "warmUpSeconds",
                                WARM_UP.toSeconds(),
                                "players",
                                LOAD.players())),
                longs(kib),
                Map.of("firstThird", longs(kib.subList(0, Math.ceilDiv(kib.size(), 3))))));
    }

    private static long[] longs(List<Long> values) {
        return values.stream().mapToLong(Long::longValue).toArray();
    }
}
