package io.gamemetrics.projections.metricsstore;

import io.gamemetrics.infrastructure.testkit.BenchReport;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** A real game's year as its import sends it: one player after the other, each in order of time. */
final class IntendoYear {

    private static final Pattern COMMA = Pattern.compile(",");

    private IntendoYear() {}

    /** @param amount a session's length, or micros */
    record Line(
            int player,
            long sequence,
            Instant at,
            EventKind kind,
            @Nullable String country,
            @Nullable String text,
            long amount,
            @Nullable Line started) {

        void add(MetricsBatch batch) {
            UUID stream = new UUID(7, player);
            EventRow row = new EventRow(1, player, stream, sequence, at, kind, null, country, null, Map.of());
            switch (kind) {
                case PURCHASE -> row.item(String.valueOf(text), "iap").money("USD", amount);
                case AD_VIEWED -> row.money("USD", amount);
                case PLAYER_REGISTERED -> batch.acquired(1, player, at, sequence, String.valueOf(text));
                default -> {}
            }
            batch.add(row);
            if (started != null) {
                batch.sessionLength(1, player, stream, started.sequence, started.at, amount);
            }
        }

        void copy(StringBuilder out) {
            boolean money = kind == EventKind.PURCHASE || kind == EventKind.AD_VIEWED;
            out.append("1\t").append(player).append('\t').append(sequence).append('\t');
            out.append(at).append('\t').append(kind.code()).append("\t0\t1\t");
            out.append(kind == EventKind.PURCHASE ? "7\t" : "\\N\t");
            out.append(kind == EventKind.SESSION_STARTED ? String.valueOf(amount) : "\\N");
            out.append('\t').append(money ? amount + "\tUSD" : "\\N\t\\N").append("\t\\N\t\\N\t\\N\t\\N\n");
        }
    }

    private record Raw(Instant at, EventKind kind, @Nullable String text, long amount, int session) {}

    /** The year's events by partition. */
    static List<List<Line>> read(int partitions) throws IOException {
        Path folder = BenchReport.root().resolve("infrastructure/end-to-end-tests/src/test/resources/intendo");
        Map<String, List<Raw>> byPlayer = new TreeMap<>();
        Map<String, String> countries = new HashMap<>();
        List<String[]> revenue = rows(folder.resolve("all_revenue.csv.gz"));
        for (String[] row : revenue) {
            List<Raw> own = byPlayer.computeIfAbsent(row[0], key -> new ArrayList<>());
            if (countries.putIfAbsent(row[0], row[10]) == null) {
                own.add(new Raw(Instant.parse(row[2]), EventKind.PLAYER_REGISTERED, row[9], 0, -1));
            }
            own.add(new Raw(
                    Instant.parse(row[3]),
                    row[4].equals("iap") ? EventKind.PURCHASE : EventKind.AD_VIEWED,
                    row[5],
                    new BigDecimal(row[6]).movePointRight(6).longValueExact(),
                    -1));
        }
        List<String[]> sessions = rows(folder.resolve("all_sessions.csv.gz"));
        for (int number = 0; number < sessions.size(); number++) {
            String[] row = sessions.get(number);
            List<Raw> own = byPlayer.computeIfAbsent(row[0], key -> new ArrayList<>());
            Instant at = Instant.parse(row[2]);
            long millis =
                    new BigDecimal(row[3]).multiply(BigDecimal.valueOf(60_000)).longValueExact();
            own.add(new Raw(at, EventKind.SESSION_STARTED, null, millis, number));
            own.add(new Raw(at.plusMillis(millis), EventKind.SESSION_ENDED, null, millis, number));
        }
        return lines(byPlayer, countries, partitions);
    }

    private static List<List<Line>> lines(
            Map<String, List<Raw>> byPlayer, Map<String, String> countries, int partitions) {
        List<List<Line>> lines = new ArrayList<>();
        for (int partition = 0; partition < partitions; partition++) {
            lines.add(new ArrayList<>());
        }
        int player = 0;
        for (Map.Entry<String, List<Raw>> each : byPlayer.entrySet()) {
            each.getValue().sort(Comparator.comparing(Raw::at));
            Map<Integer, Line> started = new HashMap<>();
            List<Line> into = lines.get(player % partitions);
            long sequence = 0;
            for (Raw raw : each.getValue()) {
                Line line = new Line(
                        player,
                        sequence++,
                        raw.at,
                        raw.kind,
                        countries.get(each.getKey()),
                        raw.text,
                        raw.amount,
                        raw.kind == EventKind.SESSION_ENDED ? started.get(raw.session) : null);
                into.add(line);
                if (raw.kind == EventKind.SESSION_STARTED) {
                    started.put(raw.session, line);
                }
            }
            player++;
        }
        return lines;
    }

    private static List<String[]> rows(Path file) throws IOException {
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            return lines.lines().skip(1).map(line -> COMMA.split(line, -1)).toList();
        }
    }
}
