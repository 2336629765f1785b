package io.gamemetrics.projections.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.infrastructure.readstore.Contents;
import io.gamemetrics.infrastructure.readstore.Hit;
import io.gamemetrics.infrastructure.readstore.LeftOut;
import io.gamemetrics.infrastructure.readstore.Needles;
import io.gamemetrics.infrastructure.readstore.Person;
import io.gamemetrics.infrastructure.testkit.TestPostgres;
import io.gamemetrics.projections.metricsstore.DailyMetrics;
import io.gamemetrics.projections.metricsstore.Dimension;
import io.gamemetrics.projections.metricsstore.Filter;
import io.gamemetrics.projections.metricsstore.Granularity;
import io.gamemetrics.projections.metricsstore.Metric;
import io.gamemetrics.projections.metricsstore.MetricsContents;
import io.gamemetrics.projections.metricsstore.MetricsPersons;
import io.gamemetrics.projections.metricsstore.MetricsReader;
import io.gamemetrics.projections.metricsstore.MetricsTakeOver;
import io.gamemetrics.projections.metricsstore.Series;
import io.gamemetrics.projections.runtime.FedVersion;
import io.gamemetrics.projections.runtime.HeldAgainst;
import io.gamemetrics.projections.runtime.Placed;
import io.gamemetrics.sharedkernel.erasure.ErasureEvent.ErasedContribution;
import io.gamemetrics.sharedkernel.erasure.Remainder;
import io.gamemetrics.sharedkernel.game.ActiveBy;
import io.gamemetrics.sharedkernel.game.GameEvent.GameChanged;
import io.gamemetrics.sharedkernel.ids.EventId;
import io.gamemetrics.sharedkernel.ids.Pseudonym;
import io.gamemetrics.sharedkernel.money.Money;
import io.gamemetrics.sharedkernel.player.Dimensions;
import io.gamemetrics.sharedkernel.player.EventHeader;
import io.gamemetrics.sharedkernel.player.PlayerEvent;
import io.gamemetrics.sharedkernel.player.PlayerEvent.CustomReported;
import io.gamemetrics.sharedkernel.player.PlayerEvent.Erased;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Currency;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** One history, and one person of it who is erased, once the way it goes and once in every other. */
final class ErasedHistory {

    private static final LocalDate FROM = LocalDate.parse("2026-03-17");
    private static final LocalDate TO = LocalDate.parse("2026-04-15");
    private static final List<Integer> RETENTION = List.of(1, 2, 3, 7, 14);
    private static final String CANARY = "canary-anna-1987";

    private static final List<Dimension> SHARED = List.of(Dimension.PLATFORM, Dimension.COUNTRY, Dimension.APP_VERSION);

    private final long seed;
    private final Random random;
    private final Fed fed;
    private final History history;
    private final Set<Integer> players = new HashSet<>();
    private final Set<UUID> streams = new HashSet<>();
    private final List<List<Placed>> events = new ArrayList<>();

    ErasedHistory(long seed) {
        this.seed = seed;
        this.random = new Random(seed);
        this.fed = new Fed(TestPostgres.newDatabase(), 8, History.PARTITIONS);
        this.history = new History(seed, fed, 80 + random.nextInt(160));
        // Half of the time somebody of several players.
        int root = IntStream.range(0, 7)
                .filter(player -> random.nextBoolean() && history.personOf(player) != player)
                .map(history::personOf)
                .findFirst()
                .orElseGet(() -> history.personOf(random.nextInt(7)));
        for (int player = 0; player < 9; player++) {
            if (history.personOf(player) == root) {
                players.add(player);
                streams.add(new UUID(Fed.GAME, player));
            }
        }
        history.byPartition.forEach(partition -> events.add(new ArrayList<>(partition)));
        canary(root);
    }

    /** Words nobody else says, in all that is not personal and so is kept as it is. */
    private void canary(int root) {
        Dimensions dimensions = new Dimensions(CANARY + "-os", "SE", CANARY, Map.of(CANARY, "arm"));
        EventHeader header = new EventHeader(new EventId("canary"), History.BEGINNING, null, dimensions, false);
        add(
                new CustomReported(header, CANARY + ":name", BigDecimal.ONE, Map.of(CANARY + "-field", 7L, "gold", 2L)),
                root);
        add(
                new PlayerEvent.PurchaseMade(
                        new EventHeader(new EventId("c2"), History.BEGINNING, null, Dimensions.NONE, false),
                        CANARY + "-item",
                        "iap",
                        new Money(Currency.getInstance("USD"), 7),
                        List.of()),
                root);
    }

    private void add(Object event, int player) {
        UUID stream = new UUID(Fed.GAME, player);
        partition(stream).add(fed.place(event, stream, player));
    }

    private List<Placed> partition(UUID stream) {
        return events.get(Math.floorMod(stream.getLeastSignificantBits(), History.PARTITIONS));
    }

    void run() throws SQLException {
        try (fed) {
            FedVersion live = Fed.version(fed.database, 1);
            handleAll(live, events);
            MetricsPersons persons = new MetricsPersons(fed.database, 1);
            List<Person> them = players.stream()
                    .map(player -> new Person(Fed.GAME, new Pseudonym(new UUID(Fed.GAME, player)), player))
                    .toList();
            Needles needles = Needles.of(Stream.concat(streams.stream().map(UUID::toString), Stream.of(CANARY))
                    .toList());
            Answers before = new Answers(1);
            assertThat(persons.held(them)).as("seed %s", seed).containsKeys("player", "event", "player_day");
            assertThat(persons.scan(needles)).extracting(Hit::place).contains("player.stream", "term.parts");
            Remainder remainder = persons.remainder(them);
            assertThat(remainder.days()).isNotEmpty();
            assertThat(remainder.toString()).doesNotContain(CANARY);
            List<List<Placed>> half = cut(events);
            for (int player : players) {
                add(new Erased(History.BEGINNING), player);
            }
            UUID contribution = new UUID(random.nextLong(), random.nextLong());
            for (Remainder part : remainder.parts()) {
                partition(contribution)
                        .add(fed.place(new ErasedContribution(history.id, part, History.BEGINNING), contribution, -1));
            }
            List<List<Placed>> withoutKeys = withoutKeys();
            FedVersion straddling = Fed.version(fed.database, 3);
            handleAll(straddling, half);
            handleRest(straddling, half);
            handleAll(live, events);
            handleAll(Fed.version(fed.database, 2), withoutKeys);
            // Keys are still there, and partitions come to the ends of one person's streams at their own pace.
            handleAll(Fed.version(fed.database, 6), events);

            assertThat(persons.held(them)).as("seed %s", seed).isEmpty();
            assertThat(persons.scan(needles)).as("seed %s", seed).isEmpty();
            same(1, 2);
            same(3, 2);
            same(6, 2);
            MetricsTakeOver.run(fed.database, 5, 1, MetricsProjection.NAME, LeftOut.NOTHING);
            same(5, 2);
            Answers after = new Answers(1);
            assertThat(after.days).as("seed %s", seed).isEqualTo(before.days);
            assertThat(after.retention).as("seed %s", seed).isEqualTo(before.retention);
            assertThat(after.undivided).as("seed %s", seed).isEqualTo(before.undivided);
            assertThat(after.sums).as("seed %s", seed).isEqualTo(before.sums);
            changed(live);
        }
    }

    /** Another word on who is active counts for those who are gone too. */
    private void changed(FedVersion live) throws SQLException {
        FedVersion never = Fed.version(fed.database, 4);
        List<List<Placed>> whole = new ArrayList<>();
        events.forEach(partition -> whole.add(new ArrayList<>(partition.stream()
                .filter(event ->
                        !(event.payload() instanceof Erased) && !(event.payload() instanceof ErasedContribution))
                .toList())));
        Placed flipped = fed.place(
                new GameChanged(
                        history.id,
                        "Random",
                        history.zone,
                        Currency.getInstance("USD"),
                        history.anyEvent ? ActiveBy.SESSION_START : ActiveBy.ANY_EVENT,
                        History.BEGINNING),
                new UUID(77, 77),
                -1);
        for (int partition = 0; partition < History.PARTITIONS; partition++) {
            events.get(partition).add(flipped);
            whole.get(partition).add(flipped);
        }
        handleAll(live, events);
        handleAll(never, whole);
        assertThat(new Answers(1).days).as("seed %s", seed).isEqualTo(new Answers(4).days);
        assertThat(new Answers(1).retention).as("seed %s", seed).isEqualTo(new Answers(4).retention);
    }

    private void same(int version, int other) {
        HeldAgainst.same(() -> contents(version), () -> contents(other), cell -> true);
    }

    private Contents contents(int version) {
        return MetricsContents.open(fed.database, version, MetricsProjection.NAME, section -> true);
    }

    private List<List<Placed>> cut(List<List<Placed>> whole) {
        List<List<Placed>> cut = new ArrayList<>();
        whole.forEach(partition -> cut.add(new ArrayList<>(partition.subList(0, random.nextInt(partition.size())))));
        return cut;
    }

    /** What is read when their keys are gone. */
    private List<List<Placed>> withoutKeys() {
        List<List<Placed>> read = new ArrayList<>();
        events.forEach(
                partition -> read.add(partition.stream().filter(this::isRead).toList()));
        return read;
    }

    private boolean isRead(Placed event) {
        return !streams.contains(event.place().stream()) || event.payload() instanceof Erased;
    }

    private void handleRest(FedVersion version, List<List<Placed>> half) {
        List<List<Placed>> all = new ArrayList<>();
        for (int partition = 0; partition < History.PARTITIONS; partition++) {
            List<Placed> mine = new ArrayList<>(half.get(partition));
            events.get(partition).stream()
                    .skip(mine.size())
                    .filter(this::isRead)
                    .forEach(mine::add);
            all.add(mine);
        }
        handleAll(version, all);
    }

    /** Each partition at its own pace. */
    private void handleAll(FedVersion version, List<List<Placed>> all) {
        List<Integer> turns = new ArrayList<>();
        for (int partition = 0; partition < History.PARTITIONS; partition++) {
            for (int turn = 1; turn <= 4; turn++) {
                turns.add(partition);
            }
        }
        Collections.shuffle(turns, random);
        int[] done = new int[History.PARTITIONS];
        for (int partition : turns) {
            done[partition]++;
            List<Placed> mine = all.get(partition);
            version.handle(partition, mine, mine.size() * done[partition] / 4, random);
        }
    }

    /** What is asked of all players together. */
    private final class Answers {
        final List<DailyMetrics> days;
        final Object retention;
        final Map<Metric, List<Series>> undivided = new EnumMap<>(Metric.class);
        final Map<Dimension, BigDecimal> sums = new EnumMap<>(Dimension.class);

        Answers(int version) {
            MetricsReader reader = MetricsReader.on(fed.database, () -> version, History.PARTITIONS);
            days = reader.dailyMetrics(history.id, FROM, TO, Filter.ALL);
            retention = reader.retention(history.id, FROM, TO, RETENTION, null, Filter.ALL);
            for (Metric metric : Metric.values()) {
                // Without the whole range's own value: distinct players of a range are fewer.
                undivided.put(
                        metric,
                        series(reader, metric, List.of())
                                .map(series -> new Series(series.labels(), null, series.points()))
                                .toList());
            }
            for (Dimension dimension : SHARED) {
                sums.put(
                        dimension,
                        series(reader, Metric.EVENTS, List.of(dimension))
                                .flatMap(series -> series.points().stream())
                                .map(point -> point.value() == null ? BigDecimal.ZERO : point.value())
                                .reduce(BigDecimal.ZERO, BigDecimal::add));
            }
        }

        private Stream<Series> series(MetricsReader reader, Metric metric, List<Dimension> by) {
            Instant begin = history.startOf(FROM);
            Instant end = history.startOf(TO);
            return reader.metrics(history.id, metric, Granularity.DAY, begin, end, by, 100, Filter.ALL).stream();
        }
    }
}
