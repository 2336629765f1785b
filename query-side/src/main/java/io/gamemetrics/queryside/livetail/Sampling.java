package io.gamemetrics.queryside.livetail;

import io.gamemetrics.projections.livetailstore.LiveEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Lets at most so many events of a second pass, and counts the others. Seconds are those in which events were stored, so
 * that who reads them later gets what who was there got.
 *
 * <p>While they fit, events pass at once. After a second in which they did not, the next is collected until it is over,
 * and each of its events has the same chance; that is Vitter's algorithm R (1985) with one reservoir a second. In the
 * first second that overflows, the chance is the same only among what came together. Used by one thread.
 */
final class Sampling {

    private final int most;
    private final RandomGenerator random;
    private final List<Held> held = new ArrayList<>();
    private long second = Long.MIN_VALUE;
    private long inSecond;
    private int passed;
    private boolean collecting;
    private long ordinal;
    private long lastOrdinal;

    /** @param most events a second, 1 or more */
    Sampling(int most, RandomGenerator random) {
        this.most = most;
        this.random = random;
    }

    /** @param leftOut events between this one and the one that passed before it */
    record Sampled(LiveEvent event, long leftOut) {}

    /** An event with its number among all that were offered. */
    private record Held(LiveEvent event, long ordinal) {}

    /** Whether events wait for the end of their second. */
    boolean isCollecting() {
        return !held.isEmpty();
    }

    /** Takes events, in order of position, and gives those that pass now, in that order. */
    List<Sampled> offer(List<LiveEvent> events) {
        List<Sampled> out = new ArrayList<>();
        List<Held> together = new ArrayList<>();
        for (LiveEvent event : events) {
            long at = event.storedAt().getEpochSecond();
            if (at > second) {
                pass(together, out);
                together.clear();
                begin(at, out);
            }
            together.add(new Held(event, ++ordinal));
        }
        pass(together, out);
        return out;
    }

    /** Gives what waited for a second that is over: everything stored before this instant was offered. */
    List<Sampled> upTo(Instant instant) {
        List<Sampled> out = new ArrayList<>();
        if (instant.getEpochSecond() > second) {
            begin(instant.getEpochSecond(), out);
        }
        return out;
    }

    private void begin(long next, List<Sampled> out) {
        held.sort(Comparator.comparingLong(Held::ordinal));
        held.forEach(event -> emit(event, out));
        held.clear();
        collecting = inSecond > most && next == second + 1;
        second = next;
        inSecond = 0;
        passed = 0;
    }

    private void pass(List<Held> together, List<Sampled> out) {
        if (collecting) {
            together.forEach(this::collect);
            return;
        }
        inSecond += together.size();
        List<Held> chosen = together.size() <= most - passed ? together : choose(together, most - passed);
        passed += chosen.size();
        chosen.forEach(event -> emit(event, out));
    }

    private void collect(Held event) {
        inSecond++;
        if (held.size() < most) {
            held.add(event);
            return;
        }
        long place = random.nextLong(inSecond);
        if (place < most) {
            held.set((int) place, event);
        }
    }

    /** Each subset of that size with the same chance, in order. */
    private List<Held> choose(List<Held> from, int count) {
        List<Held> chosen = new ArrayList<>();
        for (int i = 0; i < from.size() && chosen.size() < count; i++) {
            if (random.nextInt(from.size() - i) < count - chosen.size()) {
                chosen.add(from.get(i));
            }
        }
        return chosen;
    }

    private void emit(Held event, List<Sampled> out) {
        out.add(new Sampled(event.event, event.ordinal - lastOrdinal - 1));
        lastOrdinal = event.ordinal;
    }
}
