package io.gamemetrics.infrastructure.endtoendtests;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/** Kills processes in an order, at moments and for times by chance, while something sends. */
final class Chaos {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    private final Random random;
    private final UnderLoad load;
    private final int mostEventsBefore;
    private final long began = System.nanoTime();

    /**
     * @param seed repeats order, moments and times
     * @param mostEventsBefore how many events may be answered before the next moment
     */
    Chaos(long seed, UnderLoad load, int mostEventsBefore) {
        System.out.println("killed with seed " + seed);
        this.random = new Random(seed);
        this.load = load;
        this.mostEventsBefore = mostEventsBefore;
    }

    /**
     * Kills each once. Each is back, and healthy, before the next one's moment is awaited.
     *
     * @param longestDead how long one may stay dead, while the others work on
     */
    void killEach(List<Victim> victims, Duration longestDead) throws Exception {
        List<Victim> deck = new ArrayList<>(victims);
        Collections.shuffle(deck, random);
        for (Victim victim : deck) {
            long answered = awaitSomeMoment();
            String at = seconds(began);
            victim.kill();
            long killed = System.nanoTime();
            LockSupport.parkNanos((long) (random.nextDouble() * longestDead.toNanos()));
            String dead = seconds(killed);
            long starting = System.nanoTime();
            victim.startAgain();
            System.out.println("killed " + victim.name() + " at " + at + " s with " + answered
                    + " events answered; dead for " + dead + " s, back in " + seconds(starting) + " s");
        }
    }

    /** The sender gets some more answers first, so that each death falls into work of all kinds. */
    private long awaitSomeMoment() throws Exception {
        load.keepSending();
        long enough = load.answered() + 1 + random.nextInt(mostEventsBefore);
        while (load.isSending() && load.answered() < enough) {
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
        load.keepSending();
        LockSupport.parkNanos(
                (long) (random.nextDouble() * Duration.ofSeconds(1).toNanos()));
        return load.answered();
    }

    private static String seconds(long since) {
        return String.format(Locale.ROOT, "%.1f", (System.nanoTime() - since) / 1e9);
    }
}
