package io.gamemetrics.projections.metrics;

import io.gamemetrics.infrastructure.testkit.BenchReport;
import io.gamemetrics.sharedkernel.ids.EventId;
import io.gamemetrics.sharedkernel.ids.SessionId;
import io.gamemetrics.sharedkernel.money.Money;
import io.gamemetrics.sharedkernel.player.Dimensions;
import io.gamemetrics.sharedkernel.player.EventHeader;
import io.gamemetrics.sharedkernel.player.PlayerEvent;
import io.gamemetrics.sharedkernel.player.PlayerEvent.AdViewed;
import io.gamemetrics.sharedkernel.player.PlayerEvent.CustomReported;
import io.gamemetrics.sharedkernel.player.PlayerEvent.PlayerRegistered;
import io.gamemetrics.sharedkernel.player.PlayerEvent.PurchaseMade;
import io.gamemetrics.sharedkernel.player.PlayerEvent.SessionEnded;
import io.gamemetrics.sharedkernel.player.PlayerEvent.SessionEnded.KnownStart;
import io.gamemetrics.sharedkernel.player.PlayerEvent.SessionStarted;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** What a benchmark replays, as aggregates would have decided it. The same each time. */
sealed interface BenchHistory {

    Currency USD = Currency.getInstance("USD");

    String name();

    int games();

    /** All events, in the order in which they are stored. */
    void forEach(Consumer<Fact> facts);

    /** @param sequence its place among the player's events */
    record Fact(int game, String player, long sequence, PlayerEvent payload) {}

    /**
     * A real game's year, once for each of so many games, as its import sends it: one player after the other, each in
     * order of time.
     */
    record Intendo(int games) implements BenchHistory {

        private static final Pattern COMMA = Pattern.compile(",");

        private record Raw(Instant at, int session, PlayerEvent payload) {}

        @Override
        public String name() {
            return "intendo-x" + games;
        }

        @Override
        public void forEach(Consumer<Fact> facts) {
            List<Fact> year = year();
            for (int game = 0; game < games; game++) {
                for (Fact fact : year) {
                    facts.accept(new Fact(game, fact.player, fact.sequence, fact.payload));
                }
            }
        }

        private static List<Fact> year() {
            Path folder = BenchReport.root().resolve("infrastructure/end-to-end-tests/src/test/resources/intendo");
            Map<String, List<Raw>> players = new TreeMap<>();
            Map<String, Dimensions> countries = new HashMap<>();
            for (String[] row : rows(folder.resolve("all_revenue.csv.gz"))) {
                List<Raw> own = players.computeIfAbsent(row[0], player -> new ArrayList<>());
                if (!countries.containsKey(row[0])) {
                    countries.put(row[0], new Dimensions(null, row[10], null, Map.of()));
                    own.add(raw(row[0], own, row[2], countries, at -> new PlayerRegistered(at, null, row[9])));
                }
                Money money =
                        new Money(USD, new BigDecimal(row[6]).movePointRight(6).longValueExact());
                own.add(raw(
                        row[0],
                        own,
                        row[3],
                        countries,
                        at -> row[4].equals("iap")
                                ? new PurchaseMade(at, row[5], "iap", money, List.of())
                                : new AdViewed(at, "unknown", row[5], money)));
            }
            int session = 0;
            for (String[] row : rows(folder.resolve("all_sessions.csv.gz"))) {
                List<Raw> own = players.computeIfAbsent(row[0], player -> new ArrayList<>());
                Instant at = Instant.parse(row[2]);
                long millis = new BigDecimal(row[3])
                        .multiply(BigDecimal.valueOf(60_000))
                        .longValueExact();
                Dimensions country = countries.getOrDefault(row[0], Dimensions.NONE);
                SessionId id = new SessionId("s" + session++);
                own.add(new Raw(
                        at, session, new SessionStarted(header(row[0] + "-" + own.size(), at, id, country), null)));
                own.add(new Raw(
                        at.plusMillis(millis),
                        session,
                        new SessionEnded(
                                header(row[0] + "-" + own.size(), at.plusMillis(millis), id, country), millis, null)));
            }
            return inOrder(players);
        }

        private interface Made {
            PlayerEvent of(EventHeader header);
        }

        private static Raw raw(String player, List<Raw> own, String at, Map<String, Dimensions> countries, Made made) {
            Instant when = Instant.parse(at);
            Dimensions country = countries.getOrDefault(player, Dimensions.NONE);
            return new Raw(when, 0, made.of(header(player + "-" + own.size(), when, null, country)));
        }

        /** A session's end knows of its start where it came before. */
        private static List<Fact> inOrder(Map<String, List<Raw>> players) {
            List<Fact> year = new ArrayList<>();
            players.forEach((player, own) -> {
                own.sort(Comparator.comparing(Raw::at));
                Map<Integer, Long> started = new HashMap<>();
                for (int sequence = 0; sequence < own.size(); sequence++) {
                    Raw raw = own.get(sequence);
                    PlayerEvent payload = raw.payload;
                    if (payload instanceof SessionStarted) {
                        started.put(raw.session, (long) sequence);
                    }
                    Long start = started.get(raw.session);
                    if (payload instanceof SessionEnded(EventHeader header, Long millis, var none)
                            && start != null
                            && millis != null) {
                        payload = new SessionEnded(
                                header, millis, new KnownStart(start, raw.at.minusMillis(millis), millis));
                    }
                    year.add(new Fact(0, player, sequence, payload));
                }
            });
            return year;
        }

        private static List<String[]> rows(Path file) {
            try (BufferedReader lines = new BufferedReader(
                    new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
                return lines.lines().skip(1).map(line -> COMMA.split(line, -1)).toList();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Players of one game, each as likely as any other to do the next thing, over 90 days. */
    record Uniform(int players, int events) implements BenchHistory {

        private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");
        private static final long SPAN_MILLIS = 90L * 24 * 60 * 60 * 1_000;
        private static final int ITEMS = 20;

        @Override
        public String name() {
            return "uniform-" + players + "-players";
        }

        @Override
        public int games() {
            return 1;
        }

        @Override
        public void forEach(Consumer<Fact> facts) {
            Random random = new Random(11);
            int[] sequences = new int[players];
            List<Dimensions> places = List.of("SE", "DE", "US", "JP", "BR").stream()
                    .map(country -> new Dimensions("ios", country, "1.4.2", Map.of()))
                    .toList();
            for (int event = 0; event < events; event++) {
                int player = random.nextInt(players);
                Instant at = FIRST.plusMillis(event * SPAN_MILLIS / events);
                EventHeader header = header("e" + event, at, null, places.get(player % places.size()));
                facts.accept(new Fact(0, "p" + player, sequences[player]++, deed(random, header)));
            }
        }

        private static PlayerEvent deed(Random random, EventHeader header) {
            int item = random.nextInt(ITEMS);
            return switch (random.nextInt(10)) {
                case 0, 1, 2, 3 -> new SessionStarted(header, 60_000L * (1 + item));
                case 4, 5, 6 -> new AdViewed(header, "network", "place" + item, new Money(USD, 1_000L * item));
                case 7 -> new PurchaseMade(header, "item" + item, "iap", new Money(USD, 990_000L), List.of());
                default -> new CustomReported(header, "tutorial:step" + item, BigDecimal.valueOf(item), Map.of());
            };
        }
    }

    private static EventHeader header(String id, Instant at, @Nullable SessionId session, Dimensions dimensions) {
        return new EventHeader(new EventId(id), at, session, dimensions, false);
    }
}
