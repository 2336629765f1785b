package io.gamemetrics.infrastructure.cli;

import io.gamemetrics.infrastructure.cli.ResumeFile.Progress;
import java.util.TreeMap;

/** Batches are answered in any order; only what has arrived without a gap is progress that may be relied on. Thread-safe. */
final class Arrived {

    private final TreeMap<Long, Answered> waiting = new TreeMap<>();
    private Progress progress;
    private long answered;

    private record Answered(Batch batch, Outcome outcome) {}

    Arrived(Progress before) {
        this.progress = before;
        this.answered = before.events();
    }

    synchronized void add(Batch batch, Outcome outcome) {
        answered += batch.events().size();
        waiting.put(batch.first(), new Answered(batch, outcome));
        while (!waiting.isEmpty() && waiting.firstKey() == progress.events()) {
            Answered next = waiting.pollFirstEntry().getValue();
            progress = new Progress(next.batch.end(), progress.outcome().plus(next.outcome));
        }
    }

    synchronized Progress withoutGap() {
        return progress;
    }

    /** Those after a gap included. */
    synchronized long events() {
        return answered;
    }
}
