package io.gamemetrics.projections.metricsstore;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * Stretches of time that neither overlap nor touch, ascending; each has its beginning and not its end. Immutable.
 *
 * @param ranges empty for no time at all
 */
record TimeRanges(List<Range> ranges) {

    static final TimeRanges NONE = new TimeRanges(List.of());

    record Range(Instant from, Instant to) {}

    static TimeRanges of(Instant from, Instant to) {
        return from.isBefore(to) ? new TimeRanges(List.of(new Range(from, to))) : NONE;
    }

    /** Whatever any of them covers. */
    static TimeRanges union(Collection<Range> ranges) {
        List<Range> sorted = ranges.stream()
                .filter(range -> range.from.isBefore(range.to))
                .sorted((one, other) -> one.from.compareTo(other.from))
                .toList();
        List<Range> union = new ArrayList<>();
        for (Range next : sorted) {
            Range last = union.isEmpty() ? null : union.getLast();
            if (last == null || last.to.isBefore(next.from)) {
                union.add(next);
            } else if (last.to.isBefore(next.to)) {
                union.set(union.size() - 1, new Range(last.from, next.to));
            }
        }
        return new TimeRanges(List.copyOf(union));
    }

    /**
     * The whole units around these instants.
     *
     * @param most how many stretches; past that the closest are joined, so that more is covered
     */
    static TimeRanges around(Collection<Instant> instants, Duration unit, int most) {
        TreeSet<Long> units = new TreeSet<>();
        instants.forEach(at -> units.add(Math.floorDiv(at.getEpochSecond(), unit.toSeconds())));
        List<Range> ranges = new ArrayList<>();
        units.forEach(number -> ranges.add(new Range(start(number, unit), start(number + 1, unit))));
        TimeRanges covered = union(ranges);
        for (Duration gap = unit.multipliedBy(2); covered.ranges.size() > most; gap = gap.multipliedBy(2)) {
            covered = covered.joined(gap);
        }
        return covered;
    }

    private TimeRanges joined(Duration gap) {
        List<Range> joined = new ArrayList<>();
        for (Range next : ranges) {
            Range last = joined.isEmpty() ? null : joined.getLast();
            if (last != null && Duration.between(last.to, next.from).compareTo(gap) <= 0) {
                joined.set(joined.size() - 1, new Range(last.from, next.to));
            } else {
                joined.add(next);
            }
        }
        return new TimeRanges(joined);
    }

    private static Instant start(long number, Duration unit) {
        return Instant.ofEpochSecond(number * unit.toSeconds());
    }

    /** What of these is not in the others. */
    TimeRanges without(TimeRanges others) {
        List<Range> left = new ArrayList<>();
        for (Range range : ranges) {
            Instant from = range.from;
            for (Range other : others.ranges) {
                if (other.to.isAfter(from) && other.from.isBefore(range.to)) {
                    if (from.isBefore(other.from)) {
                        left.add(new Range(from, other.from));
                    }
                    from = other.to;
                }
            }
            if (from.isBefore(range.to)) {
                left.add(new Range(from, range.to));
            }
        }
        return new TimeRanges(left);
    }

    /** The whole units within them. */
    TimeRanges wholeUnits(Duration unit) {
        List<Range> whole = new ArrayList<>();
        for (Range range : ranges) {
            long seconds = unit.toSeconds();
            long first = Math.ceilDiv(range.from.getEpochSecond() + (range.from.getNano() > 0 ? 1 : 0), seconds);
            long end = Math.floorDiv(range.to.getEpochSecond(), seconds);
            if (first < end) {
                whole.add(new Range(start(first, unit), start(end, unit)));
            }
        }
        return new TimeRanges(whole);
    }

    /** The least whole units that cover them. */
    TimeRanges coveringUnits(Duration unit) {
        return union(ranges.stream()
                .map(range -> new Range(
                        start(Math.floorDiv(range.from.getEpochSecond(), unit.toSeconds()), unit),
                        start(
                                Math.ceilDiv(
                                        range.to.getEpochSecond() + (range.to.getNano() > 0 ? 1 : 0), unit.toSeconds()),
                                unit)))
                .toList());
    }

    /** {@code (column >= … AND column < … OR …)} */
    String condition(String column) {
        List<String> terms = ranges.stream()
                .map(range -> column + " >= '" + range.from + "' AND " + column + " < '" + range.to + "'")
                .toList();
        return terms.isEmpty() ? "false" : "(" + String.join(" OR ", terms) + ")";
    }
}
