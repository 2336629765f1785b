package io.gamemetrics.projections.players;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.projections.playersstore.Profile;
import io.gamemetrics.sharedkernel.game.ActiveBy;
import io.gamemetrics.sharedkernel.game.GameEvent.GameCreated;
import io.gamemetrics.sharedkernel.game.Stage;
import io.gamemetrics.sharedkernel.ids.EventId;
import io.gamemetrics.sharedkernel.ids.GameId;
import io.gamemetrics.sharedkernel.money.Money;
import io.gamemetrics.sharedkernel.player.Dimensions;
import io.gamemetrics.sharedkernel.player.EventHeader;
import io.gamemetrics.sharedkernel.player.PlayerEvent;
import io.gamemetrics.sharedkernel.player.PlayerEvent.AdViewed;
import io.gamemetrics.sharedkernel.player.PlayerEvent.PurchaseMade;
import io.gamemetrics.sharedkernel.player.PlayerEvent.SessionStarted;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
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
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** A real game's year: what its players add up to are the known answers the metrics give. */
class IntendoTest {

    private static final GameId GAME = new GameId("intendo");
    private static final Pattern COMMA = Pattern.compile(",");
    private static final Currency USD = Currency.getInstance("USD");

    private record Row(int player, PlayerEvent event) {}

    private final Map<String, Integer> players = new HashMap<>();
    private final List<Row> rows = new ArrayList<>();

    @Test
    void the_profiles_of_a_real_games_year_add_up_to_the_known_answers() throws IOException {
        try (Fed fed = new Fed(1)) {
            feed(fed);

            List<Profile> profiles = players.values().stream()
                    .map(player ->
                            fed.reader.player(GAME, Fed.pseudonym(player)).orElseThrow())
                    .toList();
            assertThat(profiles).hasSize(1_231);
            assertThat(sum(profiles, p -> p.revenue().totalMicros())).isEqualTo(1_023_547_041_000L);
            assertThat(sum(profiles, p -> p.revenue().iapMicros())).isEqualTo(973_240_433_000L);
            assertThat(sum(profiles, p -> p.revenue().adMicros())).isEqualTo(50_306_608_000L);
            assertThat(sum(profiles, p -> BigInteger.valueOf(p.purchases()))).isEqualTo(47_948);
            assertThat(profiles.stream()
                            .filter(p -> p.revenue().iapMicros().signum() > 0)
                            .count())
                    .isEqualTo(1_080);
            long sessions = sum(profiles, p -> BigInteger.valueOf(p.sessions()));
            assertThat(sessions).isEqualTo(61_465);
            BigDecimal seconds =
                    profiles.stream().map(Profile::sessionSeconds).reduce(BigDecimal.ZERO, BigDecimal::add);
            assertThat(seconds.divide(BigDecimal.valueOf(60 * sessions), MathContext.DECIMAL64)
                            .doubleValue())
                    .isCloseTo(22.069786, org.assertj.core.data.Offset.offset(0.0000005));
            // The cohorts whose 30th day is within the year, as the retention of the metrics observes them.
            LocalDate last = LocalDate.of(2015, 12, 31);
            assertThat(profiles.stream()
                            .filter(p -> p.firstDay() != null
                                    && !p.firstDay().plusDays(30).isAfter(last))
                            .count())
                    .isEqualTo(1_148);
        }
    }

    private static long sum(List<Profile> profiles, Function<Profile, BigInteger> of) {
        return profiles.stream()
                .map(of)
                .reduce(BigInteger.ZERO, BigInteger::add)
                .longValueExact();
    }

    private void feed(Fed fed) throws IOException {
        Path folder = data();
        read(
                folder.resolve("all_sessions.csv.gz"),
                row -> add(
                        row[0],
                        new SessionStarted(
                                header(row[2]),
                                new BigDecimal(row[3])
                                        .multiply(BigDecimal.valueOf(60_000))
                                        .longValueExact())));
        read(folder.resolve("all_revenue.csv.gz"), row -> {
            Money money =
                    new Money(USD, new BigDecimal(row[6]).movePointRight(6).longValueExact());
            add(
                    row[0],
                    row[4].equals("iap")
                            ? new PurchaseMade(header(row[3]), row[5], "iap", money, List.of())
                            : new AdViewed(header(row[3]), "unknown", row[5], money));
        });
        Collections.shuffle(rows, new Random(5));
        GameCreated created = new GameCreated(
                GAME, "Intendo", ZoneOffset.UTC, USD, ActiveBy.SESSION_START, Stage.LIVE, Instant.EPOCH);
        fed.flush(0, List.of(fed.place(created, new UUID(0, 0), -1)));
        for (int next = 0; next < rows.size(); next += 10_000) {
            fed.flush(
                    0,
                    rows.subList(next, Math.min(rows.size(), next + 10_000)).stream()
                            .map(row -> fed.place(row.event, Fed.stream(row.player), row.player))
                            .toList());
        }
    }

    private void add(String player, PlayerEvent event) {
        rows.add(new Row(players.computeIfAbsent(player, key -> players.size()), event));
    }

    private EventHeader header(String at) {
        return new EventHeader(new EventId("row-" + rows.size()), Instant.parse(at), null, Dimensions.NONE, false);
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
