package io.gamemetrics.projections.recommendations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamemetrics.projections.recommendationsstore.PendingPlayers;
import io.gamemetrics.projections.recommendationsstore.RecommendationsSchema;
import io.gamemetrics.projections.recommendationsstore.RecommendationsStoreException;
import io.gamemetrics.sharedkernel.player.PlayerEvent;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What events make of a player's items, in any order that can happen. */
class InteractionsTest {

    @TempDir
    Path folder;

    @Test
    void what_was_bought_is_owned_until_all_of_it_is_given_back() {
        try (Fed fed = new Fed(folder)) {
            fed.event("ann", Fed.bought("p1", "sword", 10));
            fed.event("ann", Fed.bought("p2", "shield", 10));
            fed.event("ann", Fed.refunded("p1", "sword", 4));
            fed.flush();
            assertThat(fed.tables.affinities("ann")).isEqualTo(Map.of("sword", "1.0*", "shield", "1.0*"));

            fed.event("ann", Fed.refunded("p1", "sword", 6));
            fed.flush();
            assertThat(fed.tables.affinities("ann")).isEqualTo(Map.of("sword", "0.0", "shield", "1.0*"));

            fed.event("ann", Fed.bought("p3", "sword", 10));
            fed.flush();
            assertThat(fed.tables.affinities("ann")).isEqualTo(Map.of("sword", "1.0*", "shield", "1.0*"));
        }
    }

    @Test
    void a_gift_is_owned_and_can_be_given_back() {
        try (Fed fed = new Fed(folder)) {
            fed.event("ann", Fed.bought("p1", "hat", 0));
            fed.flush();
            assertThat(fed.tables.affinities("ann")).containsEntry("hat", "1.0*");
            fed.event("ann", Fed.refunded("p1", "hat", 0));
            fed.flush();
            assertThat(fed.tables.affinities("ann")).containsEntry("hat", "0.0");
        }
    }

    @Test
    void played_is_owned_and_liked_is_not_and_a_look_counts_a_quarter() {
        try (Fed fed = new Fed(folder)) {
            fed.event("ann", Fed.did("play", "chess", "12.5"));
            fed.event("ann", Fed.did("like", "go", null));
            fed.event("ann", Fed.did("view", "dice", null));
            fed.event("ann", Fed.did("view", "ludo", null));
            fed.event("ann", Fed.did("like", "ludo", "1"));
            fed.event("ann", Fed.did("like", "cards", "1"));
            fed.event("ann", Fed.did("like", "cards", "-1"));
            fed.flush();
            assertThat(fed.tables.affinities("ann"))
                    .isEqualTo(Map.of("chess", "1.0*", "go", "1.0", "dice", "0.25", "ludo", "1.0", "cards", "0.0"));
        }
    }

    @Test
    void what_was_played_and_given_back_is_no_longer_owned() {
        try (Fed fed = new Fed(folder)) {
            fed.event("ann", Fed.did("play", "chess", "0.2"));
            fed.event("ann", Fed.bought("p1", "chess", 10));
            fed.event("ann", Fed.refunded("p1", "chess", 10));
            fed.flush();
            assertThat(fed.tables.affinities("ann")).containsEntry("chess", "0.0");
        }
    }

    @Test
    void two_linked_players_are_one_person_with_the_items_of_both() {
        try (Fed fed = new Fed(folder)) {
            fed.buys("guest", "sword", "hat");
            fed.flush();
            fed.event("guest", Fed.linkedTo("ann"));
            fed.buys("ann", "shield");
            fed.flush();
            fed.buys("guest", "bow");
            fed.flush();

            assertThat(fed.tables.affinities("ann")).containsOnlyKeys("sword", "hat", "shield", "bow");
            assertThat(fed.tables.affinities("guest")).isEmpty();
        }
    }

    @Test
    void whoever_an_erasure_waits_for_comes_before_all_who_wait() {
        try (Fed fed = new Fed(folder)) {
            fed.buys("earlier", "red-0");
            fed.buys("mallory", "red-0");
            fed.flush();
            fed.event("mallory", new PlayerEvent.Erased(Instant.EPOCH));
            fed.flush();
            fed.buys("latest", "red-0");
            fed.flush();

            assertThat(fed.pending.next(1))
                    .extracting(PendingPlayers.Person::person)
                    .containsExactly(Fed.stream("mallory"));
        }
    }

    @Test
    void an_item_that_went_with_its_last_player_comes_back_with_the_next() {
        try (Fed fed = new Fed(folder)) {
            fed.buys("mallory", "rare");
            fed.buys("ann", "hat");
            fed.flush();
            fed.buys("mallory", "rare");
            fed.flush();
            fed.event("mallory", new PlayerEvent.Erased(Instant.EPOCH));
            fed.flush();
            fed.buys("ann", "rare");
            fed.flush();

            assertThat(fed.tables.affinities("ann")).isEqualTo(Map.of("hat", "1.0*", "rare", "1.0*"));
        }
    }

    @Test
    void an_item_that_a_process_of_an_earlier_build_deleted_comes_back_with_the_next_player() {
        try (Fed fed = new Fed(folder)) {
            fed.buys("mallory", "rare");
            fed.flush();
            fed.tables.execute("DELETE FROM recommendations.purchase", "DELETE FROM recommendations.item");
            fed.buys("ann", "rare");
            fed.flush();

            assertThat(fed.tables.affinities("ann")).isEqualTo(Map.of("rare", "1.0*"));
        }
    }

    @Test
    void deletions_of_items_are_counted_in_the_version_they_are_made_in_wherever_the_connection_looks() {
        try (Fed fed = new Fed(folder)) {
            RecommendationsSchema.migrate(fed.database, 2);
            fed.buys("ann", "hat");
            fed.flush();

            fed.tables.execute("SET search_path = recommendations", "DELETE FROM recommendations_v2.item");
            assertThat(deletions(fed, "recommendations_v2")).as("of none").isZero();

            fed.tables.execute(
                    "INSERT INTO recommendations_v2.item (game, item_id) VALUES (1, 'hat'), (1, 'sword')",
                    "SET search_path = recommendations",
                    "DELETE FROM recommendations_v2.item");
            assertThat(deletions(fed, "recommendations_v2")).isEqualTo(1);
            assertThat(deletions(fed, "recommendations")).isZero();
        }
    }

    private static long deletions(Fed fed, String schema) {
        return fed.tables.number(
                "SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM " + schema + ".item_deletion");
    }

    @Test
    void after_a_write_that_failed_no_number_of_an_item_is_remembered() {
        try (Fed fed = new Fed(folder)) {
            fed.buys("mallory", "rare");
            fed.flush();
            // As after a backup was put back: neither the item is there nor its deletion.
            fed.tables.execute(
                    "DELETE FROM recommendations.purchase",
                    "DELETE FROM recommendations.item",
                    "ALTER SEQUENCE recommendations.item_deletion RESTART",
                    "ALTER TABLE recommendations.purchase RENAME TO away");
            fed.buys("ann", "hat");
            assertThatThrownBy(fed::flush).isInstanceOf(RecommendationsStoreException.class);
            fed.tables.execute("ALTER TABLE recommendations.away RENAME TO purchase");
            fed.buys("ann", "rare");
            fed.flush();

            assertThat(fed.tables.affinities("ann")).isEqualTo(Map.of("rare", "1.0*"));
        }
    }

    @Test
    void whoever_changes_again_and_again_does_not_lose_their_place() {
        try (Fed fed = new Fed(folder)) {
            fed.buys("busy", "red-0");
            fed.flush();
            fed.buys("other", "red-0");
            fed.flush();
            fed.buys("busy", "red-1");
            fed.flush();

            assertThat(fed.pending.next(2))
                    .extracting(PendingPlayers.Person::person)
                    .containsExactly(Fed.stream("busy"), Fed.stream("other"));
        }
    }

    @Test
    void whoever_changed_while_their_vector_was_made_waits_behind_those_who_came_meanwhile() {
        try (Fed fed = new Fed(folder)) {
            fed.buys("busy", "red-0");
            fed.flush();
            fed.buys("once", "red-0");
            fed.flush();
            List<PendingPlayers.Person> made = fed.pending.next(2);
            fed.buys("other", "red-0");
            fed.flush();
            fed.buys("busy", "red-1");
            fed.flush();
            fed.pending.done(made);

            assertThat(fed.pending.next(3))
                    .extracting(PendingPlayers.Person::person)
                    .containsExactly(Fed.stream("other"), Fed.stream("busy"));
        }
    }

    @Test
    void batches_of_any_size_and_streams_in_any_order_leave_the_same(@TempDir Path other) {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<List<PlayerEvent>> streams = new ArrayList<>();
        for (int player = 0; player < 12; player++) {
            streams.add(history(random, player));
        }
        try (Fed one = new Fed(folder);
                Fed two = new Fed(other)) {
            feed(one, streams, new Random(1), 3);
            feed(two, streams, new Random(2), 50);
            assertThat(two.tables.state()).as("seed %s", seed).isEqualTo(one.tables.state());
        }
    }

    private static List<PlayerEvent> history(Random random, int player) {
        return history(random, player, "player-");
    }

    /** @param names what players' names begin with */
    static List<PlayerEvent> history(Random random, int player, String names) {
        List<PlayerEvent> events = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            String item = "item-" + random.nextInt(6);
            String purchase = player + "-" + i;
            switch (random.nextInt(5)) {
                case 0 -> events.add(Fed.did("view", item, null));
                case 1 -> events.add(Fed.did("play", item, "" + random.nextInt(-2, 9)));
                case 2 -> events.add(Fed.from(random.nextBoolean() ? "SE" : null, random.nextBoolean() ? "ios" : null));
                case 3 -> {
                    events.add(Fed.bought(purchase, item, 10));
                    events.add(Fed.refunded(purchase, item, random.nextInt(11)));
                }
                default -> events.add(Fed.bought(purchase, item, 10));
            }
        }
        if (player % 3 == 1) {
            events.add(random.nextInt(events.size()), Fed.linkedTo(names + (player - 1)));
        }
        return events;
    }

    /** Each stream in its own order, the streams among one another in any. */
    private static void feed(Fed fed, List<List<PlayerEvent>> streams, Random random, int mostInABatch) {
        List<Integer> turns = new ArrayList<>();
        for (int player = 0; player < streams.size(); player++) {
            turns.addAll(Collections.nCopies(streams.get(player).size(), player));
        }
        Collections.shuffle(turns, random);
        int[] next = new int[streams.size()];
        int left = 1 + random.nextInt(mostInABatch);
        for (int player : turns) {
            fed.event("player-" + player, streams.get(player).get(next[player]++));
            if (--left == 0) {
                fed.flush();
                left = 1 + random.nextInt(mostInABatch);
            }
        }
        fed.flush();
    }
}
