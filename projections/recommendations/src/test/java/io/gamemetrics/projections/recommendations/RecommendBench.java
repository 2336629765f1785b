package io.gamemetrics.projections.recommendations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.gamemetrics.projections.recommendations.training.Baselines;
import io.gamemetrics.projections.recommendations.training.Baselines.Scoring;
import io.gamemetrics.projections.recommendations.training.Lists;
import io.gamemetrics.projections.recommendations.training.LowRankEase;
import io.gamemetrics.projections.recommendations.training.Quality;
import io.gamemetrics.projections.recommendations.training.SteamData;
import io.gamemetrics.projections.recommendations.training.TrainingSettings;
import io.gamemetrics.projections.recommendationsstore.Folding;
import io.gamemetrics.projections.recommendationsstore.Interactions;
import io.gamemetrics.projections.recommendationsstore.ItemVectors;
import io.gamemetrics.projections.recommendationsstore.Recommendation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How well real players' purchases are foretold, beside what is popular, the cosine of items and ALS with 32 factors in the
 * same run; and by the whole of it, from events through tables, training and index to the Reader. A round is a remainder
 * of the split.
 */
@Tag("bench")
class RecommendBench {

    private static final int[] REMAINDERS = {1, 2, 3};
    private static final double WANTED = 1.05;

    @TempDir
    Path folder;

    @Test
    void recommendations_are_better_than_the_best_of_three_others() throws Exception {
        Optional<Path> found = SteamData.folder();
        assumeThat(found)
                .as("the purchases beside the repository, in shared/data/steam or GAMEMETRICS_STEAM_DATA")
                .isPresent();
        Path data = found.orElseThrow();
        Map<String, double[]> recall = new LinkedHashMap<>();
        Map<String, double[]> ndcg = new LinkedHashMap<>();
        for (int round = 0; round < REMAINDERS.length; round++) {
            SteamData split = SteamData.split(data, REMAINDERS[round]);
            note(recall, ndcg, "popularity", round, judge(split, Baselines.popularity(split.learning())));
            note(recall, ndcg, "itemCosine", round, judge(split, Baselines.cosine(split.learning())));
            note(recall, ndcg, "als32", round, judge(split, Baselines.als(split.learning())));
            note(recall, ndcg, "this", round, judge(split, vectors(split.learning())));
        }
        Quality served = served(SteamData.split(data, REMAINDERS[0]));
        System.out.printf(
                "as served, remainder %d: recall@10 %.4f ndcg@10 %.4f%n",
                REMAINDERS[0], served.recall(), served.ndcg());
        report("recommend", "recall@10", recall);
        report("recommend-ndcg", "ndcg@10", ndcg);
        assertThat(served.recall()).isGreaterThan(WANTED * best(recall, 0));
        assertThat(served.ndcg()).isGreaterThan(WANTED * best(ndcg, 0));
    }

    private static void note(
            Map<String, double[]> recall, Map<String, double[]> ndcg, String name, int round, Quality quality) {
        recall.computeIfAbsent(name, key -> new double[REMAINDERS.length])[round] = quality.recall();
        ndcg.computeIfAbsent(name, key -> new double[REMAINDERS.length])[round] = quality.ndcg();
    }

    private static void report(String name, String unit, Map<String, double[]> all) throws IOException {
        Map<String, double[]> others = new LinkedHashMap<>(all);
        double[] own = others.remove("this");
        String settings = "{\"data\":\"steam\",\"oneIn\":5,\"remainders\":" + Arrays.toString(REMAINDERS) + "}";
        Report.write(name, unit, settings, own, others);
        for (int round = 0; round < REMAINDERS.length; round++) {
            assertThat(own[round]).isGreaterThan(WANTED * best(all, round));
        }
    }

    private static double best(Map<String, double[]> all, int round) {
        return all.entrySet().stream()
                .filter(side -> !side.getKey().equals("this"))
                .mapToDouble(side -> side.getValue()[round])
                .max()
                .orElseThrow();
    }

    private static Quality judge(SteamData split, Scoring scoring) {
        Interactions data = split.learning();
        double[] scores = new double[data.itemCount()];
        Quality quality = new Quality();
        split.kept().forEach((person, kept) -> {
            scoring.score(person, scores);
            int[] owned = Arrays.copyOfRange(data.columns(), data.starts()[person], data.starts()[person + 1]);
            quality.add(Lists.best(scores, owned, Quality.LENGTH), kept);
        });
        return quality;
    }

    private static Scoring vectors(Interactions data) {
        ItemVectors vectors = LowRankEase.train(data, TrainingSettings.defaults());
        return (person, scores) -> {
            Folding sum = new Folding(vectors.dimension());
            for (int at = data.starts()[person]; at < data.starts()[person + 1]; at++) {
                int item = data.columns()[at];
                sum.add(1, vectors.pulls()[item], vectors.vectors()[item]);
            }
            float[] vector = sum.vector();
            for (int item = 0; item < scores.length; item++) {
                scores[item] = Folding.dot(vector, vectors.vectors()[item]);
            }
        };
    }

    /** Events in, lists out; a part of the players is kept from the training for the check, and the index may miss some. */
    private Quality served(SteamData split) {
        try (Fed fed = new Fed(folder)) {
            Interactions data = split.learning();
            for (int person = 0; person < data.personCount(); person++) {
                for (int at = data.starts()[person]; at < data.starts()[person + 1]; at++) {
                    fed.buys("p" + person, Integer.toString(data.columns()[at]));
                }
                if (person % 500 == 0) {
                    fed.flush();
                }
            }
            fed.flush();
            assertThat(fed.learning().learn(Fed.NUMBER)).isEqualTo(Learning.Outcome.ACTIVE);
            Quality quality = new Quality();
            split.kept()
                    .forEach((person, kept) -> quality.add(
                            fed
                                    .reader
                                    .recommendations(Fed.GAME, Fed.pseudonym("p" + person), Quality.LENGTH, true)
                                    .stream()
                                    .map(Recommendation::item)
                                    .mapToInt(Integer::parseInt)
                                    .toArray(),
                            kept));
            return quality;
        }
    }
}
