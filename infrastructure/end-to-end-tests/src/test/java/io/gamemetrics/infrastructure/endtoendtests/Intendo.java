package io.gamemetrics.infrastructure.endtoendtests;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** A real game's year, and what every day of it must come to, counted here straight from the rows. */
final class Intendo {

    static final LocalDate FIRST_DAY = LocalDate.parse("2015-01-01");
    static final LocalDate LAST_DAY = LocalDate.parse("2015-12-31");

    private Intendo() {}

    /** One day as GraphQL answers it: counts as text, micros as text, a mean with six decimals. */
    record Day(
            LocalDate day,
            long dau,
            long newPlayers,
            long sessions,
            @Nullable String meanSessionSeconds,
            long purchases,
            long payers,
            long iapMicros,
            long adMicros) {}

    /** Shipped with the tests, so that they never depend on what lies beside the project. */
    static Path folder() {
        try {
            Path file = Path.of(Objects.requireNonNull(Intendo.class.getResource("/intendo/all_revenue.csv.gz"))
                    .toURI());
            return Objects.requireNonNull(file.getParent());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the tests' own resources", e);
        }
    }

    /** Whether this is one of a sixtieth of the players, whose year is sent within seconds. */
    static boolean isAmongFew(String player) {
        return Math.floorMod(player.hashCode(), 61) == 7;
    }

    static List<Day> days() {
        return daysOf(player -> true);
    }

    /** What the year comes to when only these players exist. */
    static List<Day> daysOf(Predicate<String> players) {
        Map<LocalDate, Counting> days = new TreeMap<>();
        for (LocalDate day = FIRST_DAY; !day.isAfter(LAST_DAY); day = day.plusDays(1)) {
            days.put(day, new Counting());
        }
        Set<String> known = new HashSet<>();
        for (Map<String, String> row : rows("all_sessions.csv.gz", players)) {
            Counting day = Objects.requireNonNull(
                    days.get(LocalDate.parse(text(row, "session_start").substring(0, 10))));
            String player = text(row, "player_id");
            day.sessions++;
            day.players.add(player);
            day.newPlayers += known.add(player) ? 1 : 0; // rows are in the order of time
            day.millis =
                    day.millis.add(new BigDecimal(text(row, "session_duration")).multiply(BigDecimal.valueOf(60_000)));
        }
        for (Map<String, String> row : rows("all_revenue.csv.gz", players)) {
            Counting day = Objects.requireNonNull(
                    days.get(LocalDate.parse(text(row, "time").substring(0, 10))));
            long micros =
                    new BigDecimal(text(row, "item_revenue")).movePointRight(6).longValueExact();
            if (text(row, "item_type").equals("iap")) {
                day.purchases++;
                day.iapMicros += micros;
                if (micros > 0) {
                    day.payers.add(text(row, "player_id"));
                }
            } else {
                day.adMicros += micros;
            }
        }
        List<Day> answers = new ArrayList<>();
        days.forEach((day, counted) -> answers.add(counted.on(day)));
        return answers;
    }

    private static String text(Map<String, String> row, String column) {
        return Objects.requireNonNull(row.get(column), column);
    }

    private static List<Map<String, String>> rows(String file, Predicate<String> players) {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(folder().resolve(file)));
                MappingIterator<Map<String, String>> rows = new CsvMapper()
                        .readerForMapOf(String.class)
                        .with(CsvSchema.emptySchema().withHeader())
                        .readValues(in)) {
            return rows.readAll().stream()
                    .filter(row -> players.test(text(row, "player_id")))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the tests' own resources", e);
        }
    }

    private static final class Counting {
        private final Set<String> players = new HashSet<>();
        private final Set<String> payers = new HashSet<>();
        private long newPlayers;
        private long sessions;
        private BigDecimal millis = BigDecimal.ZERO;
        private long purchases;
        private long iapMicros;
        private long adMicros;

        Day on(LocalDate day) {
            String mean = sessions == 0
                    ? null
                    : millis.movePointLeft(3)
                            .divide(BigDecimal.valueOf(sessions), 6, RoundingMode.HALF_UP)
                            .toPlainString();
            return new Day(
                    day, players.size(), newPlayers, sessions, mean, purchases, payers.size(), iapMicros, adMicros);
        }
    }
}
