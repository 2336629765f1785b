package io.gamemetrics.projections.recommendations;

import io.gamemetrics.infrastructure.testkit.BenchReport;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/** A benchmark's result in fractions; {@link BenchReport} is for whole numbers. */
final class Report {

    private Report() {}

    static void write(String name, String unit, String settings, double[] rounds, Map<String, double[]> baselines)
            throws IOException {
        StringJoiner sides = new StringJoiner(",", "{", "}");
        StringJoiner ratios = new StringJoiner(",", "{", "}");
        baselines.forEach((side, values) -> {
            sides.add(String.format(
                    Locale.ROOT, "\"%s\":{\"rounds\":%s,\"median\":%.4f}", side, list(values), median(values)));
            ratios.add(String.format(Locale.ROOT, "\"%s\":%.3f", side, median(rounds) / median(values)));
        });
        String json = String.format(
                Locale.ROOT,
                "{\"name\":\"%s\",\"unit\":\"%s\",\"settings\":%s,\"rounds\":%s,\"median\":%.4f,\"baselines\":%s,\"ratios\":%s}%n",
                name,
                unit,
                settings,
                list(rounds),
                median(rounds),
                sides,
                ratios);
        System.out.print(BenchReport.file(name, json));
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static String list(double[] values) {
        StringJoiner list = new StringJoiner(",", "[", "]");
        for (double value : values) {
            list.add(String.format(Locale.ROOT, "%.4f", value));
        }
        return list.toString();
    }
}
