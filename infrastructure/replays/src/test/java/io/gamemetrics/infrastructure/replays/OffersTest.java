package io.gamemetrics.infrastructure.replays;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamemetrics.infrastructure.replays.Occasion.Reason;
import io.gamemetrics.infrastructure.testkit.TestPostgres;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class OffersTest {

    private static final String BOARDS = "leaderboards";

    private final PGSimpleDataSource database = new PGSimpleDataSource();
    private Offers offers = new Offers(database);

    @BeforeEach
    void open() {
        database.setUrl(TestPostgres.newDatabase());
        ReplaysSchema.migrate(database);
        offers = new Offers(database);
        new Versions(database).register(new KnownProjection(BOARDS, 3, true, 1));
        new Versions(database).register(new KnownProjection("metrics", 1, true, 1));
    }

    @Test
    void an_occasion_is_offered_once() {
        offers.offer(BOARDS, 1, rule("arena", "BEST to SUM"));
        Offer first = only();
        offers.offer(BOARDS, 1, rule("arena", "BEST to SUM"));

        assertThat(only()).isEqualTo(first);
        assertThat(first.occasion()).isEqualTo(rule("arena", "BEST to SUM"));
        assertThat(first.version()).isEqualTo(1);
        assertThat(offers.open("metrics")).isEmpty();
    }

    @Test
    void another_rule_is_another_occasion_under_the_same_name() {
        offers.offer(BOARDS, 1, rule("arena", "BEST to SUM"));
        Offer first = only();
        offers.offer(BOARDS, 1, rule("arena", "BEST to COUNT"));

        assertThat(only().id()).isEqualTo(first.id());
        assertThat(only().since()).isAfter(first.since());
        assertThat(only().occasion().detail()).isEqualTo("BEST to COUNT");
    }

    @Test
    void boards_and_reasons_and_games_are_apart() {
        offers.offer(BOARDS, 1, rule("arena", "x"));
        offers.offer(BOARDS, 1, rule("other", "x"));
        offers.offer(BOARDS, 1, occasion(Reason.TIME_ZONE, "intendo", null));
        offers.offer(BOARDS, 1, occasion(Reason.TIME_ZONE, "other", null));
        offers.offer(BOARDS, 1, occasion(Reason.HANDLERS, null, null));

        assertThat(offers.open(BOARDS)).hasSize(5);
    }

    @Test
    void what_is_not_so_any_more_is_not_offered_whatever_the_reason_was() {
        Occasion handlers = occasion(Reason.HANDLERS, null, null);
        offers.settle(BOARDS, 1, List.of(handlers, rule("arena", "x"), rule("other", "x")));
        assertThat(offers.open(BOARDS)).hasSize(3);
        offers.settle(BOARDS, 1, List.of(rule("other", "x"), handlers));

        assertThat(offers.open(BOARDS))
                .extracting(Offer::occasion)
                .containsExactlyInAnyOrder(handlers, rule("other", "x"));
        offers.settle(BOARDS, 1, List.of());
        assertThat(offers.open(BOARDS)).isEmpty();
    }

    @Test
    void what_an_operator_dismissed_stays_away_until_it_is_something_else() {
        offers.settle(BOARDS, 1, List.of(rule("arena", "BEST to SUM")));
        assertThat(offers.dismiss(only().id(), "ada").occasion()).isEqualTo(rule("arena", "BEST to SUM"));
        offers.settle(BOARDS, 1, List.of(rule("arena", "BEST to SUM")));
        assertThat(offers.open(BOARDS)).isEmpty();
        offers.settle(BOARDS, 1, List.of(rule("arena", "BEST to COUNT")));

        assertThat(only().occasion().detail()).isEqualTo("BEST to COUNT");
        assertThatThrownBy(() -> offers.dismiss(UUID.randomUUID(), "ada")).isInstanceOf(ReplayRefused.class);
    }

    @Test
    void a_replay_begun_later_does_away_with_it_once_readers_see_it_and_the_way_back_brings_it_back() {
        offers.offer(BOARDS, 1, occasion(Reason.HANDLERS, null, null));
        UUID before = only().id();
        Replays replays = new Replays(database);
        UUID replay = replays.start(BOARDS, ReplayWish.manual(), "ada").id();
        SwitchTest.tellUpToDate(database, BOARDS, 2);
        replays.caughtUp(replay, 1);
        assertThat(offers.open(BOARDS)).hasSize(1);
        replays.switchOver(replay, "ada");
        assertThat(offers.open(BOARDS)).isEmpty();
        assertThatThrownBy(() -> offers.dismiss(before, "ada")).isInstanceOf(ReplayRefused.class);
        replays.rollBack(replay, "ada");
        assertThat(only().id()).isEqualTo(before);
        replays.switchOver(replay, "ada");
        replays.drop(replay, "ada");
        assertThat(offers.open(BOARDS)).isEmpty();

        offers.offer(BOARDS, 2, occasion(Reason.HANDLERS, null, null));
        assertThat(only().id()).isNotEqualTo(before);
    }

    @Test
    void a_replay_of_some_games_alone_does_not() {
        offers.offer(BOARDS, 1, occasion(Reason.HANDLERS, null, null));
        Replays replays = new Replays(database);
        ReplayPart part = new ReplayPart(Set.of(4), null, null, Set.of());
        UUID replay = replays.start(BOARDS, new ReplayWish(null, ReplayWish.SwitchWhen.MANUAL, null, null, part), "ada")
                .id();
        replays.tookOver(replay, Set.of(4), Map.of());
        SwitchTest.tellUpToDate(database, BOARDS, 2);
        replays.caughtUp(replay, 1);
        replays.switchOver(replay, "ada");

        assertThat(offers.open(BOARDS)).hasSize(1);
    }

    @Test
    void a_replay_begun_before_does_not() {
        Replays replays = new Replays(database);
        UUID replay = replays.start(BOARDS, ReplayWish.manual(), "ada").id();
        offers.offer(BOARDS, 1, occasion(Reason.HANDLERS, null, null));
        SwitchTest.tellUpToDate(database, BOARDS, 2);
        replays.caughtUp(replay, 1);
        replays.switchOver(replay, "ada");

        assertThat(offers.open(BOARDS)).hasSize(1);
    }

    @Test
    void what_the_new_version_still_has_is_offered_again_for_it() {
        offers.settle(BOARDS, 1, List.of(rule("arena", "x")));
        Replays replays = new Replays(database);
        UUID replay = replays.start(BOARDS, ReplayWish.manual(), "ada").id();
        SwitchTest.tellUpToDate(database, BOARDS, 2);
        replays.caughtUp(replay, 1);
        replays.switchOver(replay, "ada");
        offers.settle(BOARDS, 2, List.of(rule("arena", "x")));

        assertThat(only().version()).isEqualTo(2);
    }

    @Test
    void what_a_version_is_begun_with_is_noted_once() {
        BegunWith begun = new BegunWith(database);
        assertThat(begun.of(BOARDS, 2, () -> Map.of("1:arena", "SUM"))).containsExactly(Map.entry("1:arena", "SUM"));
        assertThat(begun.of(BOARDS, 2, () -> {
                    throw new AssertionError("asked again");
                }))
                .containsExactly(Map.entry("1:arena", "SUM"));
        assertThat(begun.of(BOARDS, 3, Map::of)).isEmpty();
        assertThat(begun.of(BOARDS, 3, () -> Map.of("1:arena", "SUM"))).isEmpty();
    }

    private Offer only() {
        assertThat(offers.open(BOARDS)).hasSize(1);
        return offers.open(BOARDS).getFirst();
    }

    private static Occasion rule(String board, String detail) {
        return new Occasion(Reason.LEADERBOARD_RULE, "intendo", board, detail);
    }

    private static Occasion occasion(Reason reason, @Nullable String game, @Nullable String board) {
        return new Occasion(reason, game, board, "Something is different.");
    }
}
