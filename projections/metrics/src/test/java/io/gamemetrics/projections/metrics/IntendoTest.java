package io.gamemetrics.projections.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.infrastructure.testkit.TestPostgres;
import io.gamemetrics.projections.metricsstore.Filter;
import io.gamemetrics.projections.metricsstore.ItemRevenue;
import io.gamemetrics.projections.metricsstore.Retention;
import io.gamemetrics.projections.metricsstore.Summary;
import io.gamemetrics.projections.runtime.Placed;
import io.gamemetrics.sharedkernel.game.ActiveBy;
import io.gamemetrics.sharedkernel.game.GameEvent.GameCreated;
import io.gamemetrics.sharedkernel.game.Stage;
import io.gamemetrics.sharedkernel.ids.EventId;
import io.gamemetrics.sharedkernel.ids.GameId;
import io.gamemetrics.sharedkernel.money.Money;
import io.gamemetrics.sharedkernel.player.Dimensions;
import io.gamemetrics.sharedkernel.player.EventHeader;
import io.gamemetrics.sharedkernel.player.PlayerEvent.AdViewed;
import io.gamemetrics.sharedkernel.player.PlayerEvent.PurchaseMade;
import io.gamemetrics.sharedkernel.player.PlayerEvent.SessionStarted;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** A real game's year, whose answers are known. */
class IntendoTest {

    private static final GameId GAME = new GameId("intendo");
    private static final LocalDate FIRST = LocalDate.of(2015, 1, 1);
    private static final LocalDate LAST = LocalDate.of(2015, 12, 31);
    private static final Pattern COMMA = Pattern.compile(",");
    private static final Currency USD = Currency.getInstance("USD");

    @Test
    void a_real_games_year_gives_the_known_answers_in_any_order_of_arrival() throws IOException {
        try (Fed fed = new Fed(TestPostgres.newDatabase(), 4, 1)) {
            feed(fed, data());

            Summary summary = fed.reader.summary(GAME, FIRST, LAST, Filter.ALL);
            assertThat(summary.revenue().totalMicros()).isEqualTo(new BigInteger("1023547041000"));
            assertThat(summary.revenue().iapMicros()).isEqualTo(new BigInteger("973240433000"));
            assertThat(summary.revenue().adMicros()).isEqualTo(new BigInteger("50306608000"));
            assertThat(summary.dauSum()).isEqualTo(44_482);
            assertThat(summary.arpdauMicros()).isEqualTo(BigInteger.valueOf(23_010_365));
            assertThat(summary.payers()).isEqualTo(1_080);
            assertThat(summary.purchases()).isEqualTo(47_948);
            assertThat(Objects.requireNonNull(summary.meanSessionSeconds()).doubleValue() / 60)
                    .isCloseTo(22.069786, org.assertj.core.data.Offset.offset(0.0000005));
            assertThat(fed.reader.dailyMetrics(GAME, FIRST, LAST, Filter.ALL).stream()
                            .map(day -> day.revenue().totalMicros())
                            .reduce(BigInteger.ZERO, BigInteger::add))
                    .isEqualTo(summary.revenue().totalMicros());

            Retention retention = fed.reader.retention(GAME, FIRST, LAST, List.of(1, 3, 7, 14, 30), null, Filter.ALL);
            assertThat(retention.summary().stream().map(p -> p.returned() + " of " + p.observed()))
                    .containsExactly("900 of 1228", "657 of 1226", "465 of 1221", "305 of 1202", "216 of 1148");

            assertThat(fed.reader.revenueByItem(GAME, FIRST, LAST, 3).stream()
                            .map((ItemRevenue item) -> item.itemId() + " " + item.revenueMicros()))
                    .containsExactly("gems5 226741557000", "gems4 118966169000", "gold6 109457754000");
        }
    }

    /** The files of the journey through the whole platform: too large to be committed twice. */
    private static Path data() {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path folder = at.resolve("infrastructure/end-to-end-tests/src/test/resources/intendo");
            if (Files.isDirectory(folder)) {
                return folder;
            }
        }
        throw new IllegalStateException("the year's data is part of the repository, but not above "
                + Path.of("").toAbsolutePath());
    }

    private static void feed(Fed fed, Path folder) throws IOException {
        fed.flush(
                0,
                List.of(fed.place(
                        new GameCreated(
                                GAME,
                                "Intendo",
                                ZoneOffset.UTC,
                                USD,
                                ActiveBy.SESSION_START,
                                Stage.LIVE,
                                Instant.EPOCH),
                        new UUID(0, 0),
                        -1)));
        Map<String, Integer> players = new HashMap<>();
        List<Object[]> rows = new ArrayList<>();
        read(
                folder.resolve("all_sessions.csv.gz"),
                row -> rows.add(new Object[] {
                    row[0],
                    new SessionStarted(
                            header(rows.size(), row[2]),
                            new BigDecimal(row[3])
                                    .multiply(BigDecimal.valueOf(60_000))
                                    .longValueExact())
                }));
        read(folder.resolve("all_revenue.csv.gz"), row -> {
            Money money =
                    new Money(USD, new BigDecimal(row[6]).movePointRight(6).longValueExact());
            rows.add(new Object[] {
                row[0],
                row[4].equals("iap")
                        ? new PurchaseMade(header(rows.size(), row[3]), row[5], "iap", money, List.of())
                        : new AdViewed(header(rows.size(), row[3]), "unknown", row[5], money)
            });
        });
        Collections.shuffle(rows, new Random(5));
        List<Placed> batch = new ArrayList<>();
        for (Object[] row : rows) {
            int player = players.computeIfAbsent((String) row[0], key -> players.size());
            batch.add(fed.place(row[1], new UUID(7, player), player));
            if (batch.size() == 10_000) {
                fed.flush(0, batch);
                batch.clear();
            }
        }
        fed.flush(0, batch);
    }

    private static EventHeader header(int row, String at) {
        return new EventHeader(new EventId("row-" + row), Instant.parse(at), null, Dimensions.NONE, false);
    }

    private interface OnRow {
        void on(String[] row);
    }

    private static void read(Path file, OnRow onRow) throws IOException {
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            lines.readLine();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                onRow.on(COMMA.split(line, -1));
            }
        }
    }
}
