package io.gamemetrics.projections.recommendations;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.infrastructure.readstore.Hit;
import io.gamemetrics.infrastructure.readstore.Needles;
import io.gamemetrics.infrastructure.readstore.Person;
import io.gamemetrics.projections.recommendations.training.QualityCheck;
import io.gamemetrics.projections.recommendations.training.TrainingSettings;
import io.gamemetrics.projections.recommendationsstore.ItemVectors;
import io.gamemetrics.projections.recommendationsstore.Recommendation;
import io.gamemetrics.projections.recommendationsstore.RecommendationsReader;
import io.gamemetrics.projections.recommendationsstore.SimilarItem;
import io.gamemetrics.projections.recommendationsstore.SimilarPlayer;
import io.gamemetrics.projections.recommendationsstore.VectorLayout;
import io.gamemetrics.projections.recommendationsstore.vectors.LuceneVectors;
import io.gamemetrics.projections.recommendationsstore.vectors.VectorStore;
import io.gamemetrics.sharedkernel.player.PlayerEvent;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LearningTest {

    /** Less than enough persons to judge a model by. */
    private static final int FEW = 300;

    @TempDir
    Path folder;

    @Test
    void players_are_offered_what_players_like_them_have_and_told_why() {
        try (Fed fed = new Fed(folder)) {
            fed.twoTastes(FEW, 1);
            fed.buys("ann", "red-0", "red-1");
            fed.flush();
            fed.learn();

            List<Recommendation> list = fed.reader.recommendations(Fed.GAME, Fed.pseudonym("ann"), 3, true);

            assertThat(list).extracting(Recommendation::item).allMatch(item -> item.startsWith("red-"));
            assertThat(list).extracting(Recommendation::item).doesNotContain("red-0", "red-1");
            assertThat(list).extracting(Recommendation::why).allMatch(why -> why.startsWith("because you bought red-"));
            assertThat(list).isSortedAccordingTo((a, b) -> Double.compare(b.score(), a.score()));
        }
    }

    @Test
    void what_a_player_did_since_the_training_counts_at_once() {
        try (Fed fed = new Fed(folder)) {
            fed.twoTastes(FEW, 1);
            fed.learn();
            fed.buys("new", "blue-3");
            fed.flush();

            assertThat(fed.reader.recommendations(Fed.GAME, Fed.pseudonym("new"), 3, true))
                    .extracting(Recommendation::item)
                    .allMatch(item -> item.startsWith("blue-"));
        }
    }

    @Test
    void owned_items_come_only_when_they_are_not_left_out_and_do_not_speak_for_themselves() {
        try (Fed fed = new Fed(folder)) {
            fed.twoTastes(FEW, 1);
            fed.buys("ann", "red-0", "red-1", "blue-7");
            fed.flush();
            fed.learn();
            List<String> all = items(fed.reader.recommendations(Fed.GAME, Fed.pseudonym("ann"), 16, false));
            List<String> others = items(fed.reader.recommendations(Fed.GAME, Fed.pseudonym("ann"), 16, true));

            assertThat(all).contains("red-0", "red-1");
            assertThat(all.subList(0, 5)).doesNotContain("blue-7");
            assertThat(others).doesNotContain("red-0", "red-1", "blue-7").hasSize(13);
        }
    }

    @Test
    void somebody_who_owns_everything_is_offered_nothing() {
        try (Fed fed = new Fed(folder)) {
            fed.twoTastes(FEW, 1);
            for (int i = 0; i < 8; i++) {
                fed.buys("all", "red-" + i, "blue-" + i);
            }
            fed.flush();
            fed.learn();
            fed.popular.count(Fed.NUMBER);

            assertThat(fed.reader.recommendations(Fed.GAME, Fed.pseudonym("all"), 10, true))
                    .isEmpty();
        }
    }

    @Test
    void similar_items_and_similar_players_are_of_the_same_taste() {
        try (Fed fed = new Fed(folder)) {
            fed.twoTastes(FEW, 1);
            fed.buys("ann", "red-0", "red-1", "red-2");
            fed.buys("bob", "red-0", "red-1", "red-2");
            fed.buys("eve", "blue-0", "blue-1", "blue-2");
            fed.flush();
            assertThat(fed.reader.similarItems(Fed.GAME, "red-4", 5)).isEmpty();
            fed.learn();

            assertThat(fed.reader.similarItems(Fed.GAME, "red-4", 5))
                    .extracting(SimilarItem::item)
                    .allMatch(item -> item.startsWith("red-"))
                    .doesNotContain("red-4")
                    .hasSize(5);
            List<SimilarPlayer> similar = fed.reader.similarPlayers(Fed.GAME, Fed.pseudonym("ann"), 5);
            assertThat(similar)
                    .extracting(SimilarPlayer::player)
                    .doesNotContain(Fed.pseudonym("ann"), Fed.pseudonym("eve"));
            assertThat(similar.getFirst().score()).isGreaterThan(0.9);
            assertThat(fed.reader.similarPlayers(Fed.GAME, Fed.pseudonym("nobody"), 5))
                    .isEmpty();
        }
    }

    @Test
    void a_linked_guest_is_served_as_the_person_they_are() {
        try (Fed fed = new Fed(folder)) {
            fed.twoTastes(FEW, 1);
            fed.buys("guest", "red-0");
            fed.buys("ann", "red-1");
            fed.event("guest", Fed.linkedTo("ann"));
            fed.flush();
            fed.learn();

            List<Recommendation> asAnn = fed.reader.recommendations(Fed.GAME, Fed.pseudonym("ann"), 5, true);
            assertThat(fed.reader.recommendations(Fed.GAME, Fed.pseudonym("guest"), 5, true))
                    .isEqualTo(asAnn);
            assertThat(items(asAnn)).doesNotContain("red-0", "red-1");
        }
    }

    @Test
    void the_same_state_makes_the_same_vectors_whatever_order_it_came_in(@TempDir Path other) {
        try (Fed one = new Fed(folder);
                Fed two = new Fed(other)) {
            one.twoTastes(FEW, 1);
            two.twoTastes(FEW, 2);
            one.learn();
            two.learn();

            assertThat(two.learned()).isEqualTo(one.learned());
        }
    }

    @Test
    void an_erased_player_leaves_state_and_vectors_as_if_never_seen(@TempDir Path other) {
        try (Fed one = new Fed(folder);
                Fed never = new Fed(other)) {
            one.twoTastes(FEW, 1);
            never.twoTastes(FEW, 1);
            one.buys("mallory", "red-0", "blue-0", "only-mallory");
            one.event("mallory", Fed.did("like", "red-2", "3"));
            one.event("mallory", Fed.from("SE", "ios"));
            one.flush();
            one.learn();
            never.learn();
            String needle = Fed.stream("mallory").toString();
            Needles needles = Needles.of(List.of(needle, "only-mallory"));
            assertThat(one.writer.scan(needles).stream().map(Hit::place))
                    .contains("source.stream", "interaction.stream", "purchase.stream", "item.item_id");
            RecommendationsErasing erasing = new RecommendationsErasing(one.database, one.vectors);
            List<Person> mallory = List.of(new Person(Fed.NUMBER, Fed.pseudonym("mallory"), 0));
            assertThat(erasing.held(1, mallory))
                    .isEqualTo(Map.of("purchase", 3L, "interaction", 1L, "source", 1L, "vector", 1L));
            assertThat(erasing.scan(1, needles).stream().map(Hit::place)).contains(VectorLayout.PLAYERS);
            assertThat(one.learned()).isNotEqualTo(never.learned());

            one.event("mallory", new PlayerEvent.Erased(Instant.EPOCH));
            one.flush();
            assertThat(erasing.held(1, mallory)).isEqualTo(Map.of("pending", 1L, "vector", 1L));
            one.learn();

            assertThat(erasing.held(1, mallory)).isEmpty();
            assertThat(one.tables.state()).isEqualTo(never.tables.state());
            assertThat(one.learned()).isEqualTo(never.learned());
            assertThat(one.writer.isPending(Fed.pseudonym("mallory"))).isFalse();
            assertThat(erasing.scan(1, needles)).isEmpty();
            assertThat(one.reader.similarPlayers(Fed.GAME, Fed.pseudonym("player-0"), 200))
                    .extracting(SimilarPlayer::player)
                    .doesNotContain(Fed.pseudonym("mallory"));
        }
    }

    @Test
    void a_version_that_recommends_worse_is_not_switched_in_and_the_old_one_answers() {
        try (Fed fed = new Fed(folder)) {
            fed.twoTastes(QualityCheck.LEAST_PERSONS + 200, 1);
            assertThat(fed.learning().learn(Fed.NUMBER)).isEqualTo(Learning.Outcome.ACTIVE);
            int active = fed.models.activeVersion(Fed.NUMBER).orElseThrow();
            fed.buys("ann", "red-0");
            fed.flush();
            List<Recommendation> before = fed.reader.recommendations(Fed.GAME, Fed.pseudonym("ann"), 5, true);

            Learning bad =
                    new Learning(fed.state, fed.models, fed.vectors, TrainingSettings.defaults(), (data, settings) -> {
                        float[][] vectors = new float[data.itemCount()][4];
                        float[] pulls = new float[data.itemCount()];
                        Random random = new Random(1);
                        for (int item = 0; item < vectors.length; item++) {
                            pulls[item] = 1;
                            vectors[item] = new float[] {random.nextFloat(), random.nextFloat(), 0, 0};
                        }
                        return new ItemVectors(data.itemNumbers(), pulls, vectors);
                    });

            assertThat(bad.learn(Fed.NUMBER)).isEqualTo(Learning.Outcome.REFUSED);
            assertThat(fed.models.activeVersion(Fed.NUMBER)).hasValue(active);
            assertThat(fed.models.state(Fed.NUMBER, active + 1)).isEqualTo("REFUSED");
            assertThat(fed.reader.recommendations(Fed.GAME, Fed.pseudonym("ann"), 5, true))
                    .isEqualTo(before);
            assertThat(fed.state.changes()).isEmpty();
        }
    }

    @Test
    void only_the_active_version_and_the_one_before_keep_their_vectors() {
        try (Fed fed = new Fed(folder)) {
            fed.twoTastes(FEW, 1);
            for (int version = 1; version <= 4; version++) {
                fed.buys("ann", "red-" + version);
                fed.flush();
                fed.learn();
            }
            assertThat(fed.models.size(Fed.NUMBER, 4)).isEqualTo(16);
            assertThat(fed.models.size(Fed.NUMBER, 3)).isEqualTo(16);
            assertThat(fed.models.size(Fed.NUMBER, 2)).isZero();
            assertThat(fed.models.state(Fed.NUMBER, 3)).isEqualTo("RETIRED");
        }
    }

    @Test
    void vectors_that_were_lost_are_made_again_from_the_tables(@TempDir Path empty) {
        try (Fed fed = new Fed(folder)) {
            fed.twoTastes(FEW, 1);
            fed.buys("ann", "red-0");
            fed.flush();
            fed.learn();
            List<Recommendation> before = fed.reader.recommendations(Fed.GAME, Fed.pseudonym("ann"), 5, true);
            List<SimilarPlayer> similar = fed.reader.similarPlayers(Fed.GAME, Fed.pseudonym("ann"), 5);
            try (VectorStore lost = LuceneVectors.writing(empty)) {
                new VectorRepair(fed.models, lost).run();
                fed.foldAll(lost);
                RecommendationsReader reader = RecommendationsReader.on(fed.database, () -> 1, lost, 1);

                assertThat(reader.recommendations(Fed.GAME, Fed.pseudonym("ann"), 5, true))
                        .isEqualTo(before);
                assertThat(reader.similarPlayers(Fed.GAME, Fed.pseudonym("ann"), 5))
                        .hasSameSizeAs(similar);
            }
        }
    }

    @Test
    void a_game_without_anything_to_learn_from_is_left_alone() {
        try (Fed fed = new Fed(folder)) {
            fed.event("ann", Fed.did("like", "red", "-1"));
            fed.flush();

            assertThat(fed.learning().learn(Fed.NUMBER)).isEqualTo(Learning.Outcome.NOTHING_TO_LEARN);
            assertThat(fed.state.changes()).isEmpty();
            assertThat(fed.models.activeVersion(Fed.NUMBER)).isEmpty();
        }
    }

    @Test
    void when_the_last_player_is_erased_the_model_knows_nothing_any_more() {
        try (Fed fed = new Fed(folder)) {
            fed.buys("ann", "red-0", "red-1");
            fed.flush();
            fed.learn();
            fed.event("ann", new PlayerEvent.Erased(Instant.EPOCH));
            fed.flush();
            fed.learn();

            assertThat(fed.models.size(Fed.NUMBER, 2)).isZero();
            assertThat(fed.reader.recommendations(Fed.GAME, Fed.pseudonym("bob"), 5, true))
                    .isEmpty();
            assertThat(fed.writer.scan(Needles.of(List.of(Fed.stream("ann").toString(), "red-0"))))
                    .isEmpty();
        }
    }

    private static List<String> items(List<Recommendation> list) {
        return list.stream().map(Recommendation::item).toList();
    }
}
