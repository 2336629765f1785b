package io.gamemetrics.projections.leaderboardsstore;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;

/** A benchmark's result: one line, and a file in the shape all benchmarks share. */
final class BenchReport {

    private BenchReport() {}

    /** @param baselines rounds of what is compared with, by name */
    static void write(String name, String unit, String settings, long[] rounds, Map<String, long[]> baselines)
            throws IOException {
        StringJoiner sides = new StringJoiner(",", "{", "}");
        StringJoiner ratios = new StringJoiner(",", "{", "}");
        baselines.forEach((side, values) -> {
            sides.add(String.format(
                    "\"%s\":{\"rounds\":%s,\"median\":%d}", side, Arrays.toString(values), median(values)));
            ratios.add(String.format(
                    Locale.ROOT, "\"%s\":%.2f", side, median(rounds) / (double) Math.max(1, median(values))));
        });
        String json = String.format(
                "{\"name\":\"%s\",\"unit\":\"%s\",\"settings\":%s,\"rounds\":%s,\"median\":%d,\"baselines\":%s,\"ratios\":%s}%n",
                name, unit, settings, Arrays.toString(rounds), median(rounds), sides, ratios);
        System.out.print(json);
        Path folder = Files.createDirectories(root().resolve("target/bench"));
        Files.writeString(folder.resolve(name + ".json"), json);
    }

    static long median(long[] values) {
        long[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** The repository's folder. */
    static Path root() {
        Path root = Path.of("").toAbsolutePath();
        while (!Files.exists(root.resolve("mvnw"))) {
            root = Objects.requireNonNull(root.getParent(), "above the modules lies the repository");
        }
        return root;
    }
}
