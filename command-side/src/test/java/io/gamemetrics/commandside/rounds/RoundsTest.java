package io.gamemetrics.commandside.rounds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RoundsTest {

    private static final Duration REST = Duration.ofMillis(5);

    @Test
    void aRoundThatFailsIsFollowedByTheNext() {
        AtomicInteger rounds = new AtomicInteger();
        try (Rounds failing = new Rounds("failing", REST, () -> {
            rounds.incrementAndGet();
            throw new IllegalStateException("of this test");
        })) {
            failing.start();
            await().pollInterval(Duration.ofMillis(25)).until(() -> rounds.get() >= 3);
        }
        int after = rounds.get();
        await().during(Duration.ofMillis(100))
                .pollInterval(Duration.ofMillis(25))
                .until(() -> rounds.get() == after);
    }

    @Test
    void aRoundUnderWayHearsThatItShouldEndAndIsWaitedFor() {
        CountDownLatch begun = new CountDownLatch(1);
        AtomicBoolean ended = new AtomicBoolean();
        Rounds[] self = new Rounds[1];
        Rounds rounds = new Rounds("long", REST, () -> {
            begun.countDown();
            await().pollInterval(Duration.ofMillis(25)).until(() -> self[0].isClosing());
            ended.set(true);
        });
        self[0] = rounds;
        rounds.start();
        await().pollInterval(Duration.ofMillis(25)).until(() -> begun.getCount() == 0);
        assertThat(ended).isFalse();
        rounds.close();
        assertThat(ended).isTrue();
    }
}
