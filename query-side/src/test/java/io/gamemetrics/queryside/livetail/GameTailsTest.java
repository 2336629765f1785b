package io.gamemetrics.queryside.livetail;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.queryside.livetail.GameTails.Joining;
import io.gamemetrics.sharedkernel.ids.Position;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;

class GameTailsTest {

    private static final int GAME = 7;

    private final GameTails games = new GameTails();

    @Test
    void who_comes_while_the_feed_is_about_to_rest_keeps_it_from_forgetting_where_all_are() {
        storeIsAt(new Position(1, 5));
        Tail tail = tail(null);
        games.enter(GAME, tail);
        assertThat(games.rest()).isFalse();
        assertThat(games.joinAt(GAME, tail, null)).isEqualTo(new Joining.Done());
        assertThat(games.everybody()).containsExactly(tail);
        games.leave(GAME, tail);
        assertThat(games.rest()).isTrue();
    }

    @Test
    void who_reads_what_was_before_joins_exactly_where_the_others_are() {
        storeIsAt(new Position(1, 5));
        Tail tail = tail(new Position(1, 2));
        games.enter(GAME, tail);
        assertThat(games.joinAt(GAME, tail, new Position(1, 2))).isEqualTo(new Joining.Behind(new Position(1, 5)));
        assertThat(games.everybody()).isEmpty();
        assertThat(games.joinAt(GAME, tail, new Position(1, 5))).isEqualTo(new Joining.Done());
        assertThat(games.everybody()).containsExactly(tail);
    }

    /** The events of the new life have smaller numbers than those he has seen: he would take none of them. */
    @Test
    void who_still_reads_what_was_before_does_not_join_those_of_another_life_of_the_store() {
        storeIsAt(new Position(1, 500));
        Tail reading = tail(new Position(1, 400));
        games.enter(GAME, reading);
        Position begun = new Position(2, 3);
        games.storeIsAt(begun);
        games.endedBy(begun);
        assertThat(games.joinAt(GAME, reading, new Position(1, 500))).isEqualTo(new Joining.Unknown());
        games.reachAll(begun, Set.of());
        assertThat(games.joinAt(GAME, reading, new Position(1, 500))).isEqualTo(new Joining.OtherLife());
        assertThat(games.everybody()).isEmpty();
    }

    /** Of an emptied Redis, what is read up to where the others are would lack what is not written again yet. */
    @Test
    void a_store_that_lost_what_the_others_have_is_not_read_before_it_has_it_again() throws Exception {
        storeIsAt(new Position(1, 500));
        Tail tail = tail(new Position(1, 400));
        games.enter(GAME, tail);
        games.storeIsAt(new Position(1, 100));
        assertThat(games.joinAt(GAME, tail, new Position(1, 400))).isEqualTo(new Joining.Unknown());
        assertThat(games.awaitKnown(GAME, Duration.ofMillis(1))).isFalse();
        games.storeIsAt(new Position(1, 501));
        assertThat(games.awaitKnown(GAME, Duration.ofMillis(1))).isTrue();
        assertThat(games.joinAt(GAME, tail, new Position(1, 400))).isEqualTo(new Joining.Behind(new Position(1, 500)));
    }

    private void storeIsAt(Position position) {
        games.storeIsAt(position);
        games.reachAll(position, Set.of());
    }

    private static Tail tail(@Nullable Position after) {
        AtomicReference<FluxSink<Notice>> sink = new AtomicReference<>();
        Flux.<Notice>create(sink::set).subscribe(notice -> {
            throw new AssertionError("nothing is told");
        });
        return new Tail(after, new LiveFilter(null, null), new Sampling(1, new Random(1)), sink.get());
    }
}
