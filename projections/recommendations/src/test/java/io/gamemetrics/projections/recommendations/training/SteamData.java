package io.gamemetrics.projections.recommendations.training;

import io.gamemetrics.projections.recommendationsstore.Interactions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * Purchases of 12,393 players, which lie beside the repository because nobody said they may lie in it. Of players with at
 * least five, the pairs whose CRC-32 leaves the remainder asked for are kept back.
 *
 * @param learning what may be learned from, a row a player
 * @param kept what was kept back, by row; only rows with any
 */
public record SteamData(Interactions learning, Map<Integer, Set<Integer>> kept) {

    private static final int ONE_IN = 5;
    private static final int LEAST_ITEMS = 5;

    /** Where the data are: {@code ../shared/data/steam} beside the repository, or what the environment says. */
    public static Optional<Path> folder() {
        String named = System.getenv("GAMEMETRICS_STEAM_DATA");
        Stream<Path> places = named == null
                ? Stream.iterate(Path.of("").toAbsolutePath(), path -> path != null, Path::getParent)
                        .map(path -> path.resolve("shared/data/steam"))
                : Stream.of(Path.of(named));
        return places.filter(Files::isDirectory).findFirst();
    }

    public static SteamData split(Path folder, int remainder) throws IOException {
        Map<Integer, Set<Integer>> pairs = pairs(folder);
        Set<Integer> learnedItems = new TreeSet<>();
        pairs.forEach((user, games) -> games.stream()
                .filter(game -> !isKept(user, game, games.size(), remainder))
                .forEach(learnedItems::add));
        List<Integer> items = List.copyOf(learnedItems);
        Map<Integer, Integer> columns = new TreeMap<>();
        items.forEach(game -> columns.put(game, columns.size()));
        Map<Integer, Set<Integer>> kept = new TreeMap<>();
        List<int[]> rows = new ArrayList<>();
        int unknown = items.size();
        for (Map.Entry<Integer, Set<Integer>> user : pairs.entrySet()) {
            Set<Integer> back = new HashSet<>();
            List<Integer> row = new ArrayList<>();
            for (int game : user.getValue()) {
                if (isKept(user.getKey(), game, user.getValue().size(), remainder)) {
                    // A game nobody else has can't be foretold; it counts as missed.
                    Integer column = columns.get(game);
                    back.add(column == null ? unknown++ : column);
                } else {
                    row.add(columns.get(game));
                }
            }
            if (!back.isEmpty()) {
                kept.put(rows.size(), back);
            }
            rows.add(row.stream().mapToInt(column -> column).sorted().toArray());
        }
        long[] numbers = items.stream().mapToLong(game -> game).toArray();
        return new SteamData(matrix(numbers, rows), kept);
    }

    private static Map<Integer, Set<Integer>> pairs(Path folder) throws IOException {
        Map<Integer, Set<Integer>> pairs = new TreeMap<>();
        List<String> lines = Files.readAllLines(folder.resolve("train_purchase.csv"));
        for (String line : lines.subList(1, lines.size())) {
            String[] parts = line.split(",", -1);
            pairs.computeIfAbsent(Integer.valueOf(parts[0]), user -> new TreeSet<>())
                    .add(Integer.valueOf(parts[1]));
        }
        return pairs;
    }

    private static boolean isKept(int user, int game, int size, int remainder) {
        CRC32 crc = new CRC32();
        crc.update((user + ":" + game).getBytes(StandardCharsets.US_ASCII));
        return size >= LEAST_ITEMS && crc.getValue() % ONE_IN == remainder;
    }

    private static Interactions matrix(long[] numbers, List<int[]> rows) {
        int[] starts = new int[rows.size() + 1];
        for (int row = 0; row < rows.size(); row++) {
            starts[row + 1] = starts[row] + rows.get(row).length;
        }
        int[] columns = rows.stream().flatMapToInt(Arrays::stream).toArray();
        float[] values = new float[columns.length];
        Arrays.fill(values, 1);
        long[] persons = new long[rows.size()];
        Arrays.setAll(persons, row -> row);
        return new Interactions(numbers, persons, starts, columns, values);
    }
}
