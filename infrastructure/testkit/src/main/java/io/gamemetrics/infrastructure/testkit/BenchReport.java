package io.gamemetrics.infrastructure.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;

/** A benchmark's result, as a line and as a file under {@code target/bench}, in the shape all benchmarks share. */
public final class BenchReport {

    private BenchReport() {}

    /**
     * Writes the file.
     *
     * @param settings a JSON object
     * @param baselines rounds of what is compared with, by name
     * @return the line
     */
    public static String write(String name, String unit, String settings, long[] rounds, Map<String, long[]> baselines)
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
        return file(name, json);
    }

    /**
     * Writes the file of a result that is in its shape already.
     *
     * @return the same
     */
    public static String file(String name, String json) throws IOException {
        Path folder = Files.createDirectories(root().resolve("target/bench"));
        Files.writeString(folder.resolve(name + ".json"), json);
        return json;
    }

    /** The middle one; of an even number the upper one. */
    public static long median(long[] values) {
        long[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** The repository's folder. */
    public static Path root() {
        Path root = Path.of("").toAbsolutePath();
        while (!Files.exists(root.resolve("mvnw"))) {
            root = Objects.requireNonNull(root.getParent(), "above the modules lies the repository");
        }
        return root;
    }
}
