package io.gamemetrics.infrastructure.eventstream;

import java.time.Duration;

/**
 * How long the publisher lets events gather after a batch: what a transaction costs Kafka, and each of those who read it,
 * hardly depends on how much is in it. Few events are followed by no rest, and a full batch neither, for more is waiting.
 */
final class PublisherPace {

    private static final Duration LONGEST = Duration.ofMillis(100);

    /** Rests as often as long as the batch took as it had so many events. */
    private static final int EVENTS_A_TIME = 50;

    private PublisherPace() {}

    /**
     * @param took what reading and publishing took
     * @param events of the batch
     * @param full events of a full batch
     */
    static Duration rest(Duration took, int events, int full) {
        Duration rest = took.multipliedBy(events / EVENTS_A_TIME);
        return events >= full ? Duration.ZERO : rest.compareTo(LONGEST) < 0 ? rest : LONGEST;
    }
}
