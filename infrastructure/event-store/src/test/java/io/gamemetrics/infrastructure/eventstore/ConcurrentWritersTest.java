package io.gamemetrics.infrastructure.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ConcurrentWritersTest {

    @Test
    void aReaderMissesNothingAndSeesNothingTwiceWhileWritersPauseDieAndFreeze() throws Exception {
        run(new WritersUnderFaults(32, 4, Duration.ofMillis(300), Duration.ofMillis(20), seed()), 20);
    }

    @Test
    @Tag("faults")
    void aReaderMissesNothingWhileWritersPauseForMinutesAndHoldTheHeadForASecond() throws Exception {
        run(new WritersUnderFaults(32, 5, Duration.ofSeconds(120), Duration.ofSeconds(1), seed()), 30);
    }

    /** @param silenceSeconds how long nobody may be answered while somebody waits: one that freezes is cut off within seconds */
    private static void run(WritersUnderFaults writers, int silenceSeconds) throws Exception {
        writers.run(TestStores.cutOffAfter(TestStores.newDatabase(), Duration.ofSeconds(2)));

        assertThat(writers.longestSilence()).isLessThan(Duration.ofSeconds(silenceSeconds));
    }

    private static long seed() {
        long seed = Long.getLong("gamemetrics.seed", System.nanoTime());
        System.out.println("ConcurrentWritersTest: -Dgamemetrics.seed=" + seed);
        return seed;
    }
}
