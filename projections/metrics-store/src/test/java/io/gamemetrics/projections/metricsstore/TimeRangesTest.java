package io.gamemetrics.projections.metricsstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.projections.metricsstore.TimeRanges.Range;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Against sets of seconds. */
class TimeRangesTest {

    private static final Duration UNIT = Duration.ofSeconds(10);

    private static TimeRanges ranges(List<Integer> ends) {
        List<Range> ranges = new ArrayList<>();
        for (int place = 0; place + 1 < ends.size(); place += 2) {
            ranges.add(new Range(Instant.ofEpochSecond(ends.get(place)), Instant.ofEpochSecond(ends.get(place + 1))));
        }
        return TimeRanges.union(ranges);
    }

    private static BitSet seconds(TimeRanges ranges) {
        BitSet seconds = new BitSet();
        Instant last = Instant.MIN;
        for (Range range : ranges.ranges()) {
            assertThat(range.from()).isAfter(last).isBefore(range.to());
            last = range.to();
            seconds.set((int) range.from().getEpochSecond(), (int) range.to().getEpochSecond());
        }
        return seconds;
    }

    @Property
    void without_is_the_difference(
            @ForAll @Size(max = 12) List<@IntRange(max = 200) Integer> one,
            @ForAll @Size(max = 12) List<@IntRange(max = 200) Integer> other) {
        BitSet expected = seconds(ranges(one));
        expected.andNot(seconds(ranges(other)));

        assertThat(seconds(ranges(one).without(ranges(other)))).isEqualTo(expected);
    }

    @Property
    void whole_units_are_within_and_covering_units_around(
            @ForAll @Size(max = 12) List<@IntRange(max = 200) Integer> ends) {
        BitSet all = seconds(ranges(ends));
        BitSet within = new BitSet();
        BitSet around = new BitSet();
        for (int unit = 0; unit < 200; unit += 10) {
            within.set(unit, unit + 10, all.get(unit, unit + 10).cardinality() == 10);
            around.set(unit, unit + 10, !all.get(unit, unit + 10).isEmpty());
        }

        assertThat(seconds(ranges(ends).wholeUnits(UNIT))).isEqualTo(within);
        assertThat(seconds(ranges(ends).coveringUnits(UNIT))).isEqualTo(around);
    }

    @Property
    void around_covers_every_instant_in_few_stretches(
            @ForAll @Size(min = 1, max = 40) List<@IntRange(max = 2_000) Integer> instants) {
        TimeRanges around =
                TimeRanges.around(instants.stream().map(Instant::ofEpochSecond).toList(), UNIT, 5);

        assertThat(around.ranges().size()).isBetween(1, 5);
        instants.forEach(at -> assertThat(seconds(around).get(at)).isTrue());
    }
}
