package io.gamemetrics.queryside.livetail;

import io.gamemetrics.projections.livetailstore.LiveEvent;
import io.gamemetrics.queryside.limits.Room;
import io.gamemetrics.sharedkernel.ids.Position;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.FluxSink;

/** One subscriber to a game's events. Used by one thread at a time. */
final class Tail {

    private final @Nullable Position after;
    private final LiveFilter filter;
    private final Sampling sampling;
    private final FluxSink<Notice> sink;
    private boolean gap;

    /** @param after nothing up to here is wanted; absent: everything from now on is */
    Tail(@Nullable Position after, LiveFilter filter, Sampling sampling, FluxSink<Notice> sink) {
        this.after = after;
        this.filter = filter;
        this.sampling = sampling;
        this.sink = sink;
    }

    @Nullable
    Position after() {
        return after;
    }

    FluxSink<Notice> sink() {
        return sink;
    }

    /**
     * Takes the game's next events.
     *
     * @param complete whether these are all
     */
    void take(List<LiveEvent> events, boolean complete) {
        gap |= !complete;
        sample(events).forEach(this::emit);
    }

    /** The same of events that were before, all of them: there may be many, so each waits until there is room for it. */
    void catchUp(List<LiveEvent> events, Room room) throws InterruptedException {
        for (Sampling.Sampled sampled : sample(events)) {
            room.await();
            emit(sampled);
        }
    }

    private List<Sampling.Sampled> sample(List<LiveEvent> events) {
        return sampling.offer(events.stream().filter(this::isWanted).toList());
    }

    /** Everything stored before this instant was taken. */
    void upTo(Instant instant) {
        if (sampling.isCollecting()) {
            sampling.upTo(instant).forEach(this::emit);
        }
    }

    private boolean isWanted(LiveEvent event) {
        return (after == null || event.position().number() > after.number()) && filter.matches(event);
    }

    private void emit(Sampling.Sampled sampled) {
        sink.next(Notice.of(sampled.event(), sampled.leftOut(), gap));
        gap = false;
    }
}
