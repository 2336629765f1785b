package io.gamemetrics.commandside.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.infrastructure.testkit.BenchReport;
import io.gamemetrics.infrastructure.testkit.IngestLoad;
import io.gamemetrics.infrastructure.testkit.ServiceProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What does encryption cost a command side? By turns, the platform's own and one whose envelopes hold plain text, each a
 * process of its own, sent the same by a client on the same two processors. It ends by looking what the two have stored.
 */
@Tag("bench")
class IngestEncryptionCostBench {

    private static final int ROUNDS = Integer.getInteger("rounds", 5);
    private static final Duration ROUND = Duration.ofSeconds(Integer.getInteger("seconds", 6));
    private static final String GAME = "bench";

    @TempDir
    Path folder;

    @Test
    void few_players_a_batch() throws Exception {
        measure(IngestLoad.CLUSTERED);
    }

    @Test
    void another_player_with_each_event() throws Exception {
        measure(IngestLoad.UNIFORM);
    }

    private void measure(IngestLoad load) throws Exception {
        try (MeasuredCommandSide usual = MeasuredCommandSide.start(List.of());
                MeasuredCommandSide plain = MeasuredCommandSide.start(List.of(UnencryptedClasses.write(folder)));
                IngestSenders toUsual = usual.senders(GAME);
                IngestSenders toPlain = plain.senders(GAME)) {
            toUsual.perSecond(load, IngestRuns.WARM_UP);
            toPlain.perSecond(load, IngestRuns.WARM_UP);
            long[] encrypted = new long[ROUNDS];
            long[] withoutEncryption = new long[ROUNDS];
            for (int round = 0; round < ROUNDS; round++) {
                encrypted[round] = toUsual.perSecond(load, ROUND);
                withoutEncryption[round] = toPlain.perSecond(load, ROUND);
            }
            System.out.print(BenchReport.write(
                    "ingest-encryption-" + load.name(),
                    "durable events/s",
                    IngestRuns.settings(
                            ROUND,
                            Map.of(
                                    "connections",
                                    load.connections(),
                                    "commandSideHeapMiB",
                                    ServiceProcess.MEASURED_HEAP_MEBIBYTES)),
                    encrypted,
                    Map.of("withoutEncryption", withoutEncryption)));
            assertThat(encrypted).doesNotContain(0L);
            assertThat(withoutEncryption).doesNotContain(0L);
            nobodyReads(StoredWords.in(usual.databases()));
            anybodyReads(StoredWords.in(plain.databases()));
        }
    }

    private static void nobodyReads(StoredWords stored) {
        assertThat(stored.events()).isPositive();
        assertThat(stored.players()).isPositive();
        assertThat(stored).isEqualTo(new StoredWords(stored.events(), 0, 0, stored.players(), 0));
    }

    private static void anybodyReads(StoredWords stored) {
        assertThat(stored.events()).isPositive();
        assertThat(stored.players()).isPositive();
        assertThat(stored.asJson()).isEqualTo(stored.events());
        assertThat(stored.withWords()).isPositive();
        assertThat(stored.withIds()).isEqualTo(stored.players());
    }
}
