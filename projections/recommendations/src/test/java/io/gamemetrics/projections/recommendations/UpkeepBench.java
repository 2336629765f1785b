package io.gamemetrics.projections.recommendations;

import io.gamemetrics.projections.recommendations.training.LowRankEase;
import io.gamemetrics.projections.recommendations.training.TrainingSettings;
import io.gamemetrics.projections.recommendationsstore.Interactions;
import io.gamemetrics.projections.recommendationsstore.ItemVectors;
import io.gamemetrics.projections.recommendationsstore.RecommendationsSchema;
import io.gamemetrics.projections.recommendationsstore.RecommendationsWriter;
import io.gamemetrics.projections.recommendationsstore.SimilarPlayer;
import io.gamemetrics.sharedkernel.ids.Pseudonym;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What keeping up costs a game of 20,000 players and 1,010 items: a training, all players' vectors after it, and the
 * vectors of whoever changed. In processor time of the thread that does it, and in elapsed time, in which the database's
 * part is.
 */
@Tag("bench")
class UpkeepBench {

    private static final int PLAYERS = Integer.getInteger("recommend.players", 20_000);
    private static final int ITEMS = 1_010;
    private static final int ROUNDS = 5;
    private static final int STEPS_A_ROUND = 10;
    private static final int CHANGED_A_STEP = 400;
    private static final int BATCHES_A_ROUND = 40;
    private static final int QUESTIONS = 500;

    @TempDir
    Path folder;

    @Test
    void upkeep() throws Exception {
        try (Fed fed = new Fed(folder)) {
            generate(fed);
            Interactions interactions = fed.state.snapshot(Fed.NUMBER).interactions();
            ItemVectors vectors = LowRankEase.train(interactions, TrainingSettings.defaults());
            report(
                    "recommend-train",
                    "ms",
                    interactions,
                    rounds(() -> Took.of(() -> LowRankEase.train(interactions, TrainingSettings.defaults()))));

            Learning learning = new Learning(
                    fed.state, fed.models, fed.vectors, TrainingSettings.defaults(), (data, set) -> vectors);
            PlayerFolding players = new PlayerFolding(fed.state, fed.models, fed.pending, fed.vectors);
            report("recommend-rebuild", "ms for all players", interactions, rounds(() -> {
                learning.learn(Fed.NUMBER);
                return Took.of(() -> foldAll(players));
            }));

            List<UUID> all = fed.state.persons(Fed.NUMBER, PLAYERS);
            Random random = new Random(3);
            report("recommend-changed", "ms for 400 players", interactions, rounds(() -> {
                Took sum = new Took(0, 0);
                for (int step = 0; step < STEPS_A_ROUND; step++) {
                    change(fed, all, random);
                    sum = sum.and(Took.of(() -> foldAll(players)));
                }
                return sum.shared(STEPS_A_ROUND);
            }));
            reportFlush(fed, interactions, random);
            report(
                    "recommend-popular",
                    "ms to count",
                    interactions,
                    rounds(() -> Took.of(() -> fed.popular.count(Fed.NUMBER))));
            report(
                    "recommend-snapshot",
                    "ms",
                    interactions,
                    rounds(() -> Took.of(() -> fed.state.snapshot(Fed.NUMBER))));
            reportSimilar(fed, interactions, all, random);
        }
    }

    /** By turns with a writer that has to ask for every item's number, as one does that has just begun. */
    private static void reportFlush(Fed fed, Interactions interactions, Random random) throws Exception {
        double[] remembered = new double[ROUNDS];
        double[] asked = new double[ROUNDS];
        for (int round = -1; round < ROUNDS; round++) {
            Took known = new Took(0, 0);
            Took unknown = new Took(0, 0);
            for (int batch = 0; batch < BATCHES_A_ROUND; batch++) {
                feed(fed, random);
                known = known.and(Took.of(fed::flush));
                RecommendationsProjection begun = new RecommendationsProjection(
                        new RecommendationsWriter(RecommendationsSchema.of(fed.database, 1)));
                feed(fed, random);
                unknown = unknown.and(Took.of(() -> fed.flush(begun)));
            }
            remembered[Math.max(0, round)] = known.shared(BATCHES_A_ROUND).millis;
            asked[Math.max(0, round)] = unknown.shared(BATCHES_A_ROUND).millis;
        }
        Report.write(
                "recommend-flush",
                "ms for a batch of 14 players",
                settings(interactions),
                remembered,
                Map.of("itemsAskedFor", asked));
    }

    private static void reportSimilar(Fed fed, Interactions interactions, List<UUID> all, Random random)
            throws Exception {
        double[] likeness = new double[ROUNDS + 1];
        int[] round = new int[1];
        report("recommend-similar", "ms a question", interactions, rounds(() -> {
            Took took = Took.of(() -> {
                for (int question = 0; question < QUESTIONS; question++) {
                    UUID player = all.get(random.nextInt(all.size()));
                    List<SimilarPlayer> similar = fed.reader.similarPlayers(Fed.GAME, new Pseudonym(player), 10);
                    likeness[round[0]] += similar.getLast().score() / QUESTIONS;
                }
            });
            round[0]++;
            return took.shared(QUESTIONS);
        }));
        Report.write("recommend-likeness", "cosine of the tenth", settings(interactions), likeness, Map.of());
    }

    private interface Round {
        Took take();
    }

    /** The first warms up and is not counted. */
    private static List<Took> rounds(Round round) {
        List<Took> took = new ArrayList<>();
        for (int i = -1; i < ROUNDS; i++) {
            took.add(round.take());
        }
        return took.subList(1, took.size());
    }

    /** Four looks and four purchases each, and where they are. */
    private static void feed(Fed fed, Random random) {
        for (int player = 0; player < 14; player++) {
            String name = "p" + random.nextInt(PLAYERS);
            fed.event(name, Fed.from(random.nextBoolean() ? "SE" : "DE", "ios"));
            for (int each = 0; each < 4; each++) {
                fed.event(name, Fed.did("view", "item-" + (1 + random.nextInt(ITEMS)), null));
                fed.event(name, Fed.bought("b" + random.nextLong(), "item-" + (1 + random.nextInt(10)), 990_000));
            }
        }
    }

    private static void report(String name, String unit, Interactions data, List<Took> rounds) throws Exception {
        Report.write(
                name,
                unit,
                settings(data),
                rounds.stream().mapToDouble(Took::millis).toArray(),
                Map.of(
                        "processorTimeOfTheThread",
                        rounds.stream().mapToDouble(Took::cpuMillis).toArray()));
    }

    private static String settings(Interactions data) {
        return String.format(
                Locale.ROOT,
                "{\"players\":%d,\"items\":%d,\"pairs\":%d}",
                data.personCount(),
                data.itemCount(),
                data.values().length);
    }

    private static void foldAll(PlayerFolding players) {
        while (players.step() != PlayerFolding.Left.NOTHING) {
            // until nothing is left
        }
    }

    private record Took(double millis, double cpuMillis) {

        Took and(Took other) {
            return new Took(millis + other.millis, cpuMillis + other.cpuMillis);
        }

        Took shared(int times) {
            return new Took(millis / times, cpuMillis / times);
        }

        static Took of(Runnable work) {
            long begun = System.nanoTime();
            long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            work.run();
            return new Took(
                    (System.nanoTime() - begun) / 1e6,
                    (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu) / 1e6);
        }
    }

    private static void generate(Fed fed) throws SQLException {
        for (String sql : List.of(
                "INSERT INTO recommendations.item (game, item_id) SELECT 1, 'item-' || i FROM generate_series(1, "
                        + ITEMS + ") i",
                "SELECT setseed(0.42)",
                "INSERT INTO recommendations.source (game, stream, country, platform)"
                        + " SELECT 1, md5('p' || p)::uuid, (ARRAY['SE','DE'])[1 + p % 2], 'ios'"
                        + " FROM generate_series(1, " + PLAYERS + ") p",
                "INSERT INTO recommendations.interaction (game, stream, item, kind, events, weight)"
                        + " SELECT DISTINCT ON (p, item) 1, md5('p' || p)::uuid, item, 'view', 1, 1 FROM ("
                        + " SELECT p, first.number + floor(" + ITEMS + " * random())::int AS item"
                        + " FROM (SELECT min(number) AS number FROM recommendations.item) first,"
                        + " generate_series(1, " + PLAYERS + ") p, generate_series(1, 30)) drawn",
                "INSERT INTO recommendations.purchase (game, stream, purchase, item, paid, refunds, refunded)"
                        + " SELECT 1, md5('p' || p)::uuid, md5('b' || p || '-' || n)::uuid,"
                        + " first.number + floor(10 * random())::int, 990000, 0, 0"
                        + " FROM (SELECT min(number) AS number FROM recommendations.item) first,"
                        + " generate_series(1, " + PLAYERS + ") p, generate_series(1, 30) n",
                "ANALYZE",
                "INSERT INTO recommendations.change (game, events) SELECT 1, count(*) FROM recommendations.interaction")) {
            execute(fed, sql);
        }
    }

    private static void change(Fed fed, List<UUID> all, Random random) {
        StringBuilder some = new StringBuilder();
        for (int player = 0; player < CHANGED_A_STEP; player++) {
            some.append(player == 0 ? "'" : ",'")
                    .append(all.get(random.nextInt(all.size())))
                    .append('\'');
        }
        execute(
                fed,
                "INSERT INTO recommendations.pending (game, person, mark) SELECT 1, p::uuid,"
                        + " nextval('recommendations.mark') FROM unnest(ARRAY[" + some + "]) p"
                        + " ON CONFLICT DO NOTHING");
    }

    private static void execute(Fed fed, String sql) {
        try (Connection connection = fed.database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
