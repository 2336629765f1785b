package io.gamemetrics.projections.metricsstore;

import io.gamemetrics.projections.metricsstore.Series.Label;
import io.gamemetrics.projections.metricsstore.Series.Point;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** What was counted, as the series of a chart. */
final class Lines {

    private Lines() {}

    /**
     * The greatest series first, then by label.
     *
     * @param lines values by labels and bucket, the total under {@link FigureQuery#TOTAL}
     * @param nothing what a bucket shows that is missing
     */
    static List<Series> series(
            Map<List<String>, Map<Integer, BigDecimal>> lines,
            List<Dimension> by,
            int top,
            Buckets buckets,
            @Nullable BigDecimal nothing) {
        if (by.isEmpty()) {
            lines.putIfAbsent(List.of(), Map.of());
        }
        List<Series> series = new ArrayList<>();
        lines.forEach((labels, values) -> {
            IntFunction<@Nullable BigDecimal> at = bucket -> values.getOrDefault(bucket, nothing);
            List<Label> named = new ArrayList<>();
            for (int place = 0; place < by.size(); place++) {
                named.add(new Label(by.get(place), labels.get(place)));
            }
            List<Point> points = new ArrayList<>();
            for (int bucket = 0; bucket < buckets.size(); bucket++) {
                points.add(
                        new Point(buckets.bounds().get(bucket), buckets.days().get(bucket), at.apply(bucket)));
            }
            series.add(new Series(named, at.apply(FigureQuery.TOTAL), points));
        });
        Comparator<Series> greatest = Comparator.comparing(
                s -> Objects.requireNonNullElse(s.total(), BigDecimal.valueOf(Long.MIN_VALUE)),
                Comparator.reverseOrder());
        return series.stream()
                .sorted(greatest.thenComparing(
                        s -> s.labels().stream().map(Label::value).toList().toString()))
                .limit(by.isEmpty() ? 1 : top)
                .toList();
    }
}
