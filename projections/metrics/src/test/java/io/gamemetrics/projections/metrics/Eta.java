package io.gamemetrics.projections.metrics;

import io.gamemetrics.projections.metrics.BenchReplays.Ran;
import io.gamemetrics.projections.metrics.BenchReplays.Seen;
import java.util.ArrayList;
import java.util.List;

/**
 * What was foretold of the ends of replays, held against what came. Looked at from a fifth of the way on, while the rate
 * of the seconds before and that of all the rest differ by less than a tenth, and while enough seconds are left that
 * rounding to one is no error of its own.
 */
final class Eta {

    private static final double FROM = 0.2;
    private static final double EVENLY = 0.1;
    private static final double LEAST_SECONDS = 8;
    private static final double BEFORE_SECONDS = 8;
    private static final double NANOS = 1e9;

    private final List<Long> errors = new ArrayList<>();

    void add(Ran ran) {
        List<Seen> seen = ran.seen();
        long end = ran.begunNanos() + ran.nanos();
        for (int now = 0; now < seen.size(); now++) {
            Seen here = seen.get(now);
            double left = (end - here.atNanos()) / NANOS;
            if (here.position() < FROM * here.head() || left < LEAST_SECONDS) {
                continue;
            }
            Seen before = seen.get(0);
            for (int earlier = now; earlier >= 0; earlier--) {
                before = seen.get(earlier);
                if ((here.atNanos() - before.atNanos()) / NANOS >= BEFORE_SECONDS) {
                    break;
                }
            }
            double was = rate(before, here.atNanos(), here.position());
            double comes = rate(here, end, here.head());
            if (Math.abs(was - comes) < EVENLY * comes) {
                errors.add(Math.round(Math.abs(here.etaSeconds() - left) / left * 1_000));
            }
        }
    }

    private static double rate(Seen from, long toNanos, long toPosition) {
        return (toPosition - from.position()) / ((toNanos - from.atNanos()) / NANOS);
    }

    /** Per mille, as they came; never empty. */
    long[] errors() {
        return errors.isEmpty()
                ? new long[] {-1}
                : errors.stream().mapToLong(Long::longValue).toArray();
    }
}
