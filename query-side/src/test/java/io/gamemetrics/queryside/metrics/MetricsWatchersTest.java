package io.gamemetrics.queryside.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.projections.metricsstore.MetricsMove;
import io.gamemetrics.projections.metricsstore.MetricsMove.Days;
import io.gamemetrics.queryside.metrics.MetricsWatchers.Watcher;
import io.gamemetrics.sharedkernel.ids.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;

class MetricsWatchersTest {

    private static final int GAME = 7;

    private final MetricsWatchers watchers = new MetricsWatchers();
    private final List<MetricsChanged> told = new ArrayList<>();

    @Test
    void who_comes_while_the_feed_is_about_to_rest_keeps_it_from_forgetting_where_all_are() {
        watchers.areAt(Map.of(0, new Position(1, 5)));
        watchers.advance(1);
        Watcher another = watcher(null);
        watchers.join(GAME, another);
        watchers.beginJoining();
        watchers.leave(GAME, another);
        assertThat(watchers.rest()).isFalse();
        Watcher watcher = watcher(null);
        assertThat(watchers.join(GAME, watcher)).isEqualTo(new Position(1, 5));
        watchers.endJoining();
        assertThat(watchers.rest()).isFalse();
        watchers.leave(GAME, watcher);
        assertThat(watchers.rest()).isTrue();
        assertThat(watchers.join(GAME, watcher)).isNull();
    }

    @Test
    void who_joins_while_positions_move_is_told_what_he_missed_where_all_are_by_then() {
        watchers.areAt(Map.of(0, new Position(1, 5)));
        watchers.advance(1);
        Watcher watcher = watcher(new Position(1, 3));
        watchers.join(GAME, watcher);
        watchers.areAt(Map.of(0, new Position(1, 9)));
        watchers.advance(1);
        watchers.tellMissed(GAME, watcher, List.of(new Position(1, 4)));
        assertThat(told).extracting(MetricsChanged::position).containsExactly(new Position(1, 9));
    }

    /** Partition 0 committed before anybody listened; of that commit nobody hears again. */
    @Test
    void what_a_partition_ahead_changed_before_is_told_when_all_have_come_as_far() {
        watchers.areAt(Map.of(0, new Position(1, 5), 1, new Position(1, 4)));
        watchers.advance(2);
        Watcher watcher = watcher(new Position(1, 4));
        watchers.join(GAME, watcher);
        watchers.tellMissed(GAME, watcher, List.of(new Position(1, 5)));
        assertThat(told).isEmpty();
        watchers.areAt(Map.of(0, new Position(1, 5), 1, new Position(1, 5)));
        advance(2);
        assertThat(told).extracting(MetricsChanged::position).containsExactly(new Position(1, 5));
    }

    @Test
    void those_of_an_earlier_life_of_the_store_are_named_once_however_the_new_one_shows() {
        watchers.areAt(Map.of(0, new Position(1, 500), 1, new Position(1, 501)));
        watchers.advance(2);
        Watcher watcher = watcher(null);
        watchers.join(GAME, watcher);
        assertThat(watchers.ended()).isEmpty();
        watchers.areAt(Map.of(0, new Position(2, 1), 1, new Position(2, 2)));
        assertThat(watchers.ended()).containsExactly(watcher);
        assertThat(watchers.ended()).isEmpty();
        assertThat(watchers.join(GAME, watcher(null)))
                .as("not before it is known where all are")
                .isNull();
    }

    @Test
    void what_is_released_from_quarantine_is_told_though_no_position_moves() {
        watchers.areAt(Map.of(0, new Position(1, 5)));
        watchers.advance(1);
        watchers.join(GAME, watcher(new Position(1, 5)));
        watchers.moved(new MetricsMove(0, new Position(1, 5), Map.of(GAME, Days.ANY), false));
        advance(1);
        assertThat(told).extracting(MetricsChanged::position).containsExactly(new Position(1, 5));
        advance(1);
        assertThat(told).hasSize(1);
    }

    @Test
    void who_comes_back_is_told_of_what_was_released_where_he_left() {
        watchers.areAt(Map.of(0, new Position(1, 5)));
        watchers.advance(1);
        Watcher watcher = watcher(new Position(1, 5));
        watchers.join(GAME, watcher);
        watchers.tellMissed(GAME, watcher, List.of(new Position(1, 5)));
        assertThat(told).extracting(MetricsChanged::position).containsExactly(new Position(1, 5));
    }

    private void advance(int partitions) {
        watchers.advance(partitions).forEach(telling -> telling.watchers().forEach(telling::tell));
    }

    private Watcher watcher(@Nullable Position after) {
        AtomicReference<FluxSink<MetricsChanged>> sink = new AtomicReference<>();
        Flux.<MetricsChanged>create(sink::set).subscribe(told::add);
        return new Watcher(after, sink.get());
    }
}
