package io.gamemetrics.projections.recommendations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gamemetrics.projections.recommendations.LearningSettings.Last;
import io.gamemetrics.projections.recommendations.PlayerFolding.Left;
import io.gamemetrics.projections.recommendations.training.TrainingSettings;
import io.gamemetrics.projections.recommendationsstore.Lead;
import io.gamemetrics.projections.recommendationsstore.LearningState.Changes;
import io.gamemetrics.projections.recommendationsstore.LearningState.Cost;
import io.gamemetrics.projections.recommendationsstore.Recommendation;
import io.gamemetrics.projections.recommendationsstore.RecommendationsSchema;
import io.gamemetrics.projections.recommendationsstore.SimilarPlayer;
import io.gamemetrics.projections.recommendationsstore.VectorLayout;
import io.gamemetrics.projections.recommendationsstore.vectors.VectorStore;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens by itself while a process runs. */
class VectorKeeperTest {

    private static final LearningSettings SETTINGS = LearningSettings.defaults();

    @TempDir
    Path folder;

    @Test
    void new_players_are_offered_what_is_popular_where_they_are_and_similar_ones_are_found() {
        try (Fed fed = new Fed(folder)) {
            for (int player = 0; player < 12; player++) {
                String name = "p" + player;
                fed.event(name, player < 6 ? Fed.from("SE", "ios") : Fed.from("NO", "android"));
                fed.buys(name, player < 6 ? "skis" : "oil", "hat");
            }
            fed.event("few", Fed.from("FI", "web"));
            fed.buys("few", "sauna");
            fed.event("new", Fed.from("SE", "android"));
            fed.event("other", Fed.from("FI", null));
            fed.flush();
            try (VectorKeeper keeper = keeper(fed)) {
                keeper.start();
                Waiting.until(() -> !list(fed, "new").isEmpty());

                assertThat(list(fed, "new"))
                        .extracting(Recommendation::why)
                        .containsExactly(
                                "popular in SE", "popular in SE", "popular on android", "popular with all players");
                assertThat(list(fed, "new"))
                        .extracting(Recommendation::item)
                        .containsExactly("hat", "skis", "oil", "sauna");
                // One Finn alone is no segment: what that player has would be told to the next.
                assertThat(list(fed, "other")).extracting(Recommendation::why).containsOnly("popular with all players");

                Waiting.until(() -> fed.models.playersVersion(Fed.NUMBER).isPresent());
                fed.buys("late", "skis", "hat");
                fed.flush();
                assertThat(list(fed, "late")).extracting(Recommendation::item).doesNotContain("skis", "hat");
                Waiting.until(() -> similar(fed, "p0").contains("late"));
            }
        }
    }

    @Test
    void a_player_who_changed_waits_two_seconds_at_most_for_the_next_round_and_less_after_a_short_one() {
        Duration most = Duration.ofSeconds(2);

        assertThat(VectorKeeper.rest(Duration.ofMillis(1), Left.NOTHING)).isEqualTo(Duration.ofMillis(300));
        assertThat(VectorKeeper.rest(Duration.ofMillis(50), Left.NOTHING)).isEqualTo(Duration.ofSeconds(1));
        assertThat(VectorKeeper.rest(Duration.ofMillis(1), Left.PLAYERS)).isEqualTo(Duration.ofMillis(20));
        assertThat(VectorKeeper.rest(Duration.ofMillis(1), Left.REBUILD)).isEqualTo(Duration.ofMillis(3));
        for (Left left : Left.values()) {
            assertThat(VectorKeeper.rest(Duration.ofMinutes(1), left)).isEqualTo(most);
        }
    }

    @Test
    void no_training_begins_while_players_are_on_their_way_to_the_version_before() {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch held = new CountDownLatch(1);
        LearningSettings always = new LearningSettings(0, Duration.ZERO, 0, 0, 0, Duration.ZERO);
        try (Fed fed = new Fed(folder)) {
            fed.twoTastes(12, 1);
            try (VectorKeeper keeper = keeper(fed, heldUp(fed.vectors, begun, held), always)) {
                keeper.start();
                Waiting.until(() -> begun.getCount() == 0);
                int version = fed.models.activeVersion(Fed.NUMBER).orElseThrow();
                fed.buys("late", "red-1");
                fed.flush();

                Waiting.seeThatItStays(
                        () -> fed.models.activeVersion(Fed.NUMBER).orElseThrow() == version, Duration.ofSeconds(1));
                held.countDown();

                Waiting.until(() -> fed.models.activeVersion(Fed.NUMBER).orElseThrow() > version);
            } finally {
                held.countDown();
            }
        }
    }

    /** Players' vectors are not written there before that is let go. */
    private static VectorStore heldUp(VectorStore store, CountDownLatch begun, CountDownLatch held) {
        return (VectorStore) Proxy.newProxyInstance(
                VectorStore.class.getClassLoader(), new Class<?>[] {VectorStore.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("upsert") && arguments[0].equals(VectorLayout.PLAYERS)) {
                        begun.countDown();
                        held.await();
                    }
                    return method.invoke(store, arguments);
                });
    }

    @Test
    void of_two_processes_one_makes_vectors_and_the_other_takes_over_when_it_ends() {
        try (Fed fed = new Fed(folder);
                Lead second = new Lead(RecommendationsSchema.of(fed.database, 1))) {
            try (Lead first = new Lead(RecommendationsSchema.of(fed.database, 1))) {
                assertThat(first.take()).isTrue();
                assertThat(first.take()).isTrue();
                assertThat(second.take()).isFalse();
            }
            assertThat(second.take()).isTrue();
        }
    }

    @Test
    void training_waits_for_enough_or_for_old_changes_and_rests_in_between() {
        Optional<Cost> last = Optional.of(new Cost(1_000, 8_000));
        Duration rested = Duration.ofSeconds(201);

        assertThat(SETTINGS.isDue(changes(1, 0, false), Optional.empty(), Last.NONE, 1))
                .isTrue();
        assertThat(SETTINGS.isDue(changes(50, 0, false), last, ten(rested), 1)).isTrue();
        assertThat(SETTINGS.isDue(changes(50, 0, false), last, ten(Duration.ofSeconds(199)), 1))
                .isFalse();
        assertThat(SETTINGS.isDue(changes(49, 199_000, false), last, ten(rested), 1))
                .isFalse();
        assertThat(SETTINGS.isDue(changes(1, 200_000, false), last, ten(rested), 1))
                .isTrue();
    }

    @Test
    void an_erasure_is_learned_from_after_a_quick_rest_however_little_and_however_many_games_wait() {
        Optional<Cost> last = Optional.of(new Cost(1_000, 8_000));

        assertThat(SETTINGS.isDue(changes(0, 0, true), last, ten(Duration.ofSeconds(51)), 7))
                .isTrue();
        assertThat(SETTINGS.isDue(changes(0, 0, true), last, ten(Duration.ofSeconds(49)), 7))
                .isFalse();
    }

    @Test
    void games_share_what_learning_may_take_and_a_young_one_still_learns_in_seconds() {
        Optional<Cost> young = Optional.of(new Cost(10, 20));
        Last quick = new Last(Duration.ofMillis(60), Duration.ofSeconds(6));

        assertThat(SETTINGS.isDue(changes(50, 6_000, false), young, quick, 4)).isTrue();
        assertThat(SETTINGS.isDue(changes(50, 6_000, false), young, quick, 6)).isFalse();
        assertThat(SETTINGS.isDue(changes(50, 0, false), young, ten(Duration.ofSeconds(399)), 2))
                .isFalse();
        assertThat(SETTINGS.isDue(changes(50, 0, false), young, ten(Duration.ofSeconds(401)), 2))
                .isTrue();
        assertThat(SETTINGS.isDue(changes(50, 0, false), young, ten(Duration.ofMinutes(10)), 1_000))
                .as("ten minutes are the most")
                .isTrue();
    }

    /**
     * An hour of a busy game, looked at once a second: versions take longer and longer, up to 25 s. Each rests as long as the
     * one before it makes it, hence a little more than a twentieth.
     */
    @Test
    void learning_takes_hardly_more_than_a_twentieth_of_one_processor() {
        long took = 1;
        long rested = 1_000_000;
        long interactions = 0;
        long changed = 0;
        long changedFor = 0;
        long all = 0;
        int versions = 0;
        for (int second = 0; second < 3_600; second++) {
            changed += 3_000;
            changedFor++;
            rested++;
            Last last = new Last(Duration.ofSeconds(took), Duration.ofSeconds(rested));
            Changes changes = changes(changed, 1_000 * changedFor, false);
            if (SETTINGS.isDue(changes, Optional.of(new Cost(interactions, 1_000 * took)), last, 1)) {
                interactions += changed;
                took = Math.min(25, 1 + interactions / 100_000);
                all += took;
                versions++;
                rested = 0;
                changed = 0;
                changedFor = 0;
            }
        }
        assertThat(versions).isGreaterThan(5);
        assertThat(all / 3_600.0).isLessThan(0.06);
    }

    /** Ten minutes are the longest rest: what takes more than half a minute takes more than a twentieth. */
    @Test
    void games_whose_versions_take_long_together_take_their_sum_in_ten_minutes_and_one_thread_at_most() {
        assertThat(share(1, 10)).isCloseTo(10.0 / 210, within(0.002));
        assertThat(share(1, 30)).isCloseTo(30.0 / 630, within(0.002));
        assertThat(share(3, 10)).isCloseTo(30.0 / 610, within(0.002));

        assertThat(share(3, 30)).isCloseTo(90.0 / 630, within(0.005));
        assertThat(share(1, 120)).isCloseTo(1.0 / 6, within(0.005));
        assertThat(share(1, 600)).as("five times is the least rest").isCloseTo(1.0 / 6, within(0.005));
        assertThat(share(3, 120)).isCloseTo(1.0 / 2, within(0.005));
        assertThat(share(6, 120)).isCloseTo(1, within(0.005));
        assertThat(share(9, 120)).isCloseTo(1, within(0.005));
    }

    /**
     * Of one thread, over three days in which every game always has enough new, looked at once a second. No game is left
     * behind.
     */
    private static double share(int games, int tookSeconds) {
        Duration took = Duration.ofSeconds(tookSeconds);
        Optional<Cost> cost = Optional.of(new Cost(1_000, took.toMillis()));
        List<Changes> all = IntStream.range(0, games)
                .mapToObj(game -> new Changes(game, List.of(), 1, 1_000, 0, false))
                .toList();
        long[] ended = new long[games];
        Arrays.fill(ended, -10_000);
        int[] versions = new int[games];
        long busy = 0;
        long now = 0;
        while (now < Duration.ofDays(3).toSeconds()) {
            long second = now;
            Optional<Changes> due = VectorKeeper.inTurn(all, game -> ended[game]).stream()
                    .filter(changes -> SETTINGS.isDue(
                            changes, cost, new Last(took, Duration.ofSeconds(second - ended[changes.game()])), games))
                    .findFirst();
            if (due.isPresent()) {
                now += tookSeconds;
                busy += tookSeconds;
                ended[due.get().game()] = now;
                versions[due.get().game()]++;
            } else {
                now++;
            }
        }
        assertThat(versions).as("versions by game").doesNotContain(0);
        return (double) busy / now;
    }

    /** Ten seconds for the last version. */
    private static Last ten(Duration rested) {
        return new Last(Duration.ofSeconds(10), rested);
    }

    private static Changes changes(long events, long oldestMillis, boolean erased) {
        return new Changes(Fed.NUMBER, List.of(), 1, events, oldestMillis, erased);
    }

    private static List<Recommendation> list(Fed fed, String player) {
        return fed.reader.recommendations(Fed.GAME, Fed.pseudonym(player), 10, true);
    }

    private static List<String> similar(Fed fed, String player) {
        return fed.reader.similarPlayers(Fed.GAME, Fed.pseudonym(player), 20).stream()
                .map(SimilarPlayer::player)
                .map(found -> found.equals(Fed.pseudonym("late")) ? "late" : "another")
                .toList();
    }

    private static VectorKeeper keeper(Fed fed) {
        return keeper(fed, fed.vectors, SETTINGS);
    }

    private static VectorKeeper keeper(Fed fed, VectorStore vectors, LearningSettings settings) {
        return new VectorKeeper(
                new Lead(RecommendationsSchema.of(fed.database, 1)),
                new VectorRepair(fed.models, vectors),
                new PlayerFolding(fed.state, fed.models, fed.pending, vectors),
                new Learning(fed.state, fed.models, vectors, TrainingSettings.defaults()),
                settings,
                fed.state,
                fed.popular);
    }
}
