package io.gamemetrics.projections.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gamemetrics.infrastructure.eventstore.StoredEvent;
import io.gamemetrics.infrastructure.readstore.Person;
import io.gamemetrics.sharedkernel.game.ActiveBy;
import io.gamemetrics.sharedkernel.game.GameEvent;
import io.gamemetrics.sharedkernel.game.Stage;
import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.GameId;
import io.gamemetrics.sharedkernel.ids.ParkedEvent;
import io.gamemetrics.sharedkernel.ids.Position;
import io.gamemetrics.sharedkernel.ids.Pseudonym;
import io.gamemetrics.sharedkernel.ids.QuarantinedStream;
import io.gamemetrics.sharedkernel.player.PlayerEvent;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What the runner relies on in every projection. A subclass a projection runs it on the projection's real store, empty
 * before each test. Other modules have it from the test jar: {@code projection-runtime}, type {@code test-jar}, scope
 * test.
 */
public abstract class ProjectionContract {

    private static final Position START = new Position(77, 0);
    private static final Instant AT = Instant.parse("2026-03-04T05:06:07.123456Z");

    /** The projection on its store. Each call is a new instance on the same store, as another process would have. */
    protected abstract Projection projection();

    /** Events it can apply one after the other to an empty store; at least two, each changing {@link #contents}. */
    protected abstract List<Object> events();

    /** What readers see now, comparable by equals: of the streams {@link ContractStream#ONE} and {@code OTHER}. */
    protected abstract Object contents();

    /** Events of another player, or game, each changing {@link #contents} after any number of {@link #events}. */
    protected List<Object> others() {
        return players();
    }

    /** Those of {@link #events} that a player's stream has, which come in any order with other players'. */
    protected List<Object> players() {
        return events().stream().filter(PlayerEvent.class::isInstance).toList();
    }

    /** Whether it can be rebuilt beside the live version. */
    protected boolean hasVersions() {
        return false;
    }

    /** A version of it, whose store is made where it is not there yet. */
    protected Projection projection(int version) {
        return projection();
    }

    /** What readers of this version see. */
    protected Object contents(int version) {
        return contents();
    }

    /** The same, without moments that are nobody's and may tell that somebody else had once been there. */
    protected Object remaining(int version) {
        return contents(version);
    }

    /** What it gives persons of themselves; empty where it keeps nothing of any. */
    protected Optional<Exporting> exporting() {
        return Optional.empty();
    }

    /** Takes a version away. */
    protected void drop(int version) throws Exception {
        throw new UnsupportedOperationException("version " + version);
    }

    @Test
    void a_new_projection_has_no_checkpoint_and_no_quarantined_stream() {
        assertThat(projection().checkpoint(0)).isNull();
        assertThat(projection().quarantined(0)).isEmpty();
    }

    @Test
    void every_event_changes_what_readers_see() {
        Checkpoint at = null;
        for (int i = 0; i < events().size(); i++) {
            Object before = contents();
            at = apply(at, i, i + 1);
            assertThat(contents()).as("after event %s", i).isNotEqualTo(before);
        }
    }

    @Test
    void a_checkpoint_is_read_back_as_it_was_committed_by_partition() {
        Checkpoint first = apply(null, 0, 1);
        Checkpoint second = apply(first, 1, 2);

        assertThat(projection().checkpoint(0)).isEqualTo(second);
        assertThat(projection().checkpoint(1)).isNull();
    }

    @Test
    void nothing_is_seen_of_a_batch_before_it_is_committed() {
        Object before = contents();
        Projection.Batch batch = projection().begin(0);
        handle(batch, 0);

        assertThat(contents()).isEqualTo(before);
        assertThat(projection().checkpoint(0)).isNull();
    }

    @Test
    void a_batch_from_a_checkpoint_that_moved_is_refused_and_writes_nothing() {
        Checkpoint first = apply(null, 0, 1);
        Projection.Batch late = projection().begin(0);
        handle(late, 1);
        Checkpoint second = checkpoint(5);
        commitEmpty(first, second);
        Object before = contents();

        assertThatThrownBy(() -> late.commit(first, checkpoint(2), List.of(parked(UUID.randomUUID()))))
                .isInstanceOf(CheckpointMovedException.class);
        assertThat(contents()).isEqualTo(before);
        assertThat(projection().checkpoint(0)).isEqualTo(second);
        assertThat(projection().quarantined(0)).isEmpty();
    }

    @Test
    void of_two_first_batches_only_one_is_written() {
        Projection.Batch late = projection().begin(0);
        handle(late, 0);
        apply(null, 0, 1);
        Object before = contents();

        assertThatThrownBy(() -> late.commit(null, checkpoint(1), List.of()))
                .isInstanceOf(CheckpointMovedException.class);
        assertThat(contents()).isEqualTo(before);
    }

    @Test
    void a_parked_events_stream_is_quarantined_in_its_partition() {
        UUID stream = UUID.randomUUID();
        projection().begin(0).commit(null, checkpoint(3), List.of(parked(stream)));

        assertThat(projection().quarantined(0))
                .containsExactly(
                        new QuarantinedStream(parked(stream), parked(stream).position(), 1));
        assertThat(projection().quarantined(1)).isEmpty();
    }

    @Test
    void a_batch_without_events_moves_the_checkpoint_alone() {
        apply(null, 0, 1);
        Object before = contents();
        commitEmpty(projection().checkpoint(0), checkpoint(9));

        assertThat(projection().checkpoint(0)).isEqualTo(checkpoint(9));
        assertThat(contents()).isEqualTo(before);
    }

    @Test
    void a_batch_that_comes_twice_counts_once() {
        try (ContractStream stream = new ContractStream()) {
            ContractStream.Instance late = stream.begin(projection(), 0);
            List<StoredEvent> all = stream.appendAll(ContractStream.ONE, events());
            Object before = contents();
            stream.begin(projection(), 0).apply(all);
            Object once = contents();

            assertThat(once).isNotEqualTo(before);
            assertThatThrownBy(() -> late.apply(all)).isInstanceOf(CheckpointMovedException.class);
            assertThat(contents()).isEqualTo(once);
        }
    }

    @Test
    void a_poisoned_event_stops_its_player_only() {
        try (ContractStream stream = new ContractStream()) {
            ContractStream.Instance here = poisoned(stream);
            Object before = contents();
            StoredEvent other = stream.append(ContractStream.OTHER, others().getFirst());
            here.apply(other);

            assertThat(contents()).isNotEqualTo(before);
            assertThat(at(projection())).isEqualTo(other.position());
            assertThat(projection().quarantined(0))
                    .extracting(QuarantinedStream::stream)
                    .containsExactly(ContractStream.ONE);
        }
    }

    @Test
    void what_waited_is_applied_once_when_it_is_released() {
        try (ContractStream stream = new ContractStream()) {
            poisoned(stream);
            Object before = contents();
            Position at = at(projection());
            stream.mend();
            ContractStream.Instance late = stream.begin(projection(), 0);
            List<ParkedEvent> parked = projection().parked(0, ContractStream.ONE, 9);
            assertThat(parked).extracting(ParkedEvent::cause).containsExactly("payload.broken", ParkedEvent.WAITS);
            Released released = stream.begin(projection(), 0).release(ContractStream.ONE);

            assertThat(released).isEqualTo(new Released(2, 0, null, null));
            assertThat(contents()).isNotEqualTo(before);
            assertThat(at(projection())).isEqualTo(at);
            assertThat(projection().quarantined(0)).isEmpty();
            Object once = contents();
            assertThat(late.release(ContractStream.ONE)).isEqualTo(new Released(0, 0, null, null));
            Checkpoint same = projection().checkpoint(0);
            assertThatThrownBy(
                            () -> projection().begin(0).commit(same, Objects.requireNonNull(same), List.of(), parked))
                    .isInstanceOf(CheckpointMovedException.class);
            assertThat(contents()).isEqualTo(once);
        }
    }

    @Test
    void an_event_of_an_unknown_type_pauses_until_a_build_comes_that_knows_it() {
        try (ContractStream stream = new ContractStream()) {
            List<StoredEvent> all = new ArrayList<>();
            all.add(stream.append(ContractStream.ONE, events().getFirst()));
            all.add(stream.append(ContractStream.ONE, events().get(1), ContractStream.Kind.NEWER));
            all.add(stream.append(ContractStream.OTHER, others().getFirst()));
            Object before = contents();
            ContractStream.Instance old = stream.begin(projection(), 0);

            assertThatThrownBy(() -> old.apply(all)).isInstanceOf(PartitionPausedException.class);
            assertThat(contents()).isNotEqualTo(before);
            assertThat(at(projection())).isEqualTo(all.getFirst().position());
            assertThat(projection().quarantined(0)).isEmpty();
            Object paused = contents();
            stream.mend();
            stream.begin(projection(), 0).apply(all.subList(1, 3));
            assertThat(contents()).isNotEqualTo(paused);
            assertThat(at(projection())).isEqualTo(all.getLast().position());
        }
    }

    @Test
    void a_replay_shows_what_the_live_version_shows() {
        assumeTrue(hasVersions());
        try (ContractStream stream = new ContractStream()) {
            List<StoredEvent> all = stream.appendAll(ContractStream.ONE, events());
            Object empty = contents();
            ContractStream.Instance live = stream.begin(projection(1), 0);
            all.forEach(live::apply);
            stream.begin(projection(2), 0).apply(all);

            assertThat(contents(1)).isNotEqualTo(empty);
            assertThat(contents(2)).isEqualTo(contents(1));
        }
    }

    @Test
    void a_released_version_shows_what_one_shows_where_nothing_ever_waited() {
        assumeTrue(hasVersions());
        try (ContractStream stream = new ContractStream()) {
            List<StoredEvent> all = new ArrayList<>(stream.appendAll(ContractStream.ONE, settings()));
            all.add(stream.append(ContractStream.ONE, players().getFirst(), ContractStream.Kind.BROKEN));
            all.addAll(stream.appendAll(ContractStream.ONE, players()));
            all.addAll(stream.appendAll(ContractStream.OTHER, players()));
            Object empty = contents();
            stream.begin(projection(1), 0).apply(all);
            assertThat(projection(1).quarantined(0)).hasSize(1);
            stream.mend();
            stream.begin(projection(1), 0).release(ContractStream.ONE);
            stream.begin(projection(2), 0).apply(all);

            assertThat(contents(1)).isNotEqualTo(empty);
            assertThat(contents(1)).isEqualTo(contents(2));
        }
    }

    @Test
    void the_order_of_players_does_not_matter() {
        assumeTrue(hasVersions());
        try (ContractStream stream = new ContractStream()) {
            List<StoredEvent> settings = stream.appendAll(ContractStream.ONE, settings());
            List<StoredEvent> one = stream.appendAll(ContractStream.ONE, players());
            List<StoredEvent> other = stream.appendAll(ContractStream.OTHER, players());
            Object empty = contents();
            for (int version = 1; version <= 2; version++) {
                ContractStream.Instance first = stream.begin(projection(version), 0);
                ContractStream.Instance second = stream.begin(projection(version), 1);
                if (!settings.isEmpty()) {
                    first.apply(settings);
                    second.apply(settings);
                }
                if (version == 1) {
                    first.apply(one);
                    second.apply(other);
                } else {
                    other.forEach(second::apply);
                    one.forEach(first::apply);
                }
            }

            assertThat(contents(1)).isNotEqualTo(empty);
            assertThat(contents(2)).isEqualTo(contents(1));
        }
    }

    @Test
    void of_a_player_who_is_erased_nothing_is_left_live_replayed_or_half_way() {
        assumeTrue(hasVersions());
        try (ContractStream stream = new ContractStream()) {
            List<StoredEvent> rest = new ArrayList<>(stream.appendAll(ContractStream.OTHER, settings()));
            rest.addAll(stream.appendAll(ContractStream.OTHER, players()));
            StoredEvent waits = stream.append(ContractStream.ONE, again(), ContractStream.Kind.BROKEN);
            // Who is linked is one person with the other, and both are erased.
            List<StoredEvent> theirs = stream.appendAll(
                    ContractStream.ONE,
                    players().stream()
                            .filter(event -> !(event instanceof PlayerEvent.LinkedToPlayer))
                            .toList());
            StoredEvent erased = stream.append(ContractStream.ONE, new PlayerEvent.Erased(AT));
            stream.begin(projection(1), 0).apply(rest);
            Object never = remaining(1);
            stream.begin(projection(2), 0).apply(rest).apply(theirs);
            assertThat(remaining(2)).as("they are seen").isNotEqualTo(never);
            stream.begin(projection(2), 0).apply(erased);
            stream.begin(projection(3), 0).apply(join(rest, theirs, List.of(erased)));
            stream.begin(projection(4), 0).apply(rest).apply(waits).apply(theirs);
            assertThat(projection(4).quarantined(0)).hasSize(1);
            ContractStream.Instance quarantined = stream.begin(projection(4), 0);
            quarantined.apply(erased);
            int half = theirs.size() / 2;
            stream.begin(projection(5), 0).apply(rest).apply(theirs.subList(0, half + 1));
            stream.destroyKey(ContractStream.ONE);
            stream.begin(projection(5), 0).apply(join(theirs.subList(half + 1, theirs.size()), List.of(erased)));
            stream.begin(projection(6), 0).apply(join(rest, List.of(waits), theirs, List.of(erased)));

            for (int version = 2; version <= 6; version++) {
                assertThat(remaining(version)).as("version %s", version).isEqualTo(never);
                assertThat(projection(version).quarantined(0)).isEmpty();
                assertThat(at(projection(version))).isEqualTo(erased.position());
            }
            assertThat(quarantined.release(ContractStream.ONE)).isEqualTo(new Released(0, 0, null, null));
        }
    }

    @Test
    void what_is_held_of_a_player_is_given_to_them_and_nothing_of_anybody_else() throws Exception {
        assumeTrue(exporting().isPresent());
        try (ContractStream stream = new ContractStream()) {
            List<Object> theirs = players().stream()
                    .filter(event -> !(event instanceof PlayerEvent.LinkedToPlayer))
                    .toList();
            List<StoredEvent> all = new ArrayList<>(stream.appendAll(ContractStream.OTHER, settings()));
            all.addAll(stream.appendAll(ContractStream.ONE, theirs));
            stream.begin(projection(1), 0).apply(all);
            Map<String, List<Map<String, ?>>> given = given(ContractStream.ONE, 0);
            assertThat(given).isNotEmpty();
            assertThat(exporting().orElseThrow().tables().keySet()).containsAll(given.keySet());
            assertThat(given(ContractStream.OTHER, 1))
                    .as("somebody who did nothing")
                    .isEmpty();

            stream.begin(projection(1), 0).apply(stream.appendAll(ContractStream.OTHER, theirs));

            Map<String, List<Map<String, ?>>> beside = given(ContractStream.ONE, 0);
            given.forEach(
                    (table, rows) -> assertThat(beside.get(table)).as(table).hasSameSizeAs(rows));
            assertThat(beside).hasSameSizeAs(given);
            assertThat(beside.toString()).doesNotContain(ContractStream.OTHER.toString());
            assertThat(given(ContractStream.OTHER, 1)).isNotEmpty();
        }
    }

    private Map<String, List<Map<String, ?>>> given(UUID stream, int number) throws SQLException {
        Map<String, List<Map<String, ?>>> given = new TreeMap<>();
        exporting()
                .orElseThrow()
                .export(1, List.of(new Person(1, new Pseudonym(stream), number)), (table, row) -> given.computeIfAbsent(
                                table, any -> new ArrayList<>())
                        .add(row));
        return given;
    }

    @SafeVarargs
    private static List<StoredEvent> join(List<StoredEvent>... parts) {
        List<StoredEvent> all = new ArrayList<>();
        for (List<StoredEvent> part : parts) {
            all.addAll(part);
        }
        return all;
    }

    @Test
    void a_version_that_is_taken_away_takes_nothing_of_another_with_it() throws Exception {
        assumeTrue(hasVersions());
        try (ContractStream stream = new ContractStream()) {
            List<StoredEvent> all = new ArrayList<>(stream.appendAll(ContractStream.ONE, events()));
            all.add(stream.append(ContractStream.OTHER, others().getFirst(), ContractStream.Kind.BROKEN));
            Object empty = contents();
            stream.begin(projection(1), 0).apply(all);
            stream.begin(projection(2), 0).apply(all);
            Object kept = contents(1);
            assertThat(kept).isNotEqualTo(empty);
            drop(2);

            assertThat(contents(1)).isEqualTo(kept);
            assertThat(at(projection(1))).isEqualTo(all.getLast().position());
            assertThat(projection(1).quarantined(0)).hasSize(1);
            assertThat(projection(2).checkpoint(0)).isNull();
            assertThat(projection(2).quarantined(0)).isEmpty();
            stream.begin(projection(2), 0).apply(all);
            assertThat(contents(2)).isEqualTo(kept);
        }
    }

    @Test
    void a_game_that_comes_by_every_partition_at_once_harms_none() throws Exception {
        int partitions = projection().reads() == Projection.Reads.CONFIGURATION ? 1 : 4;
        CyclicBarrier together = new CyclicBarrier(partitions);
        try (ExecutorService threads = Executors.newFixedThreadPool(partitions)) {
            List<Future<?>> written = new ArrayList<>();
            for (int partition = 0; partition < partitions; partition++) {
                Projection one = projection();
                int mine = partition;
                written.add(threads.submit(() -> comeOneByOne(one, mine, together)));
            }
            for (Future<?> each : written) {
                each.get(60, TimeUnit.SECONDS);
            }
        }
        for (int partition = 0; partition < partitions; partition++) {
            assertThat(projection().checkpoint(partition)).isEqualTo(checkpoint(149));
        }
    }

    /** Games of numbers nobody else has, each at the same moment as in the other partitions. */
    private @Nullable Void comeOneByOne(Projection one, int partition, CyclicBarrier together) throws Exception {
        Checkpoint at = null;
        for (int game = 100; game < 150; game++) {
            GameEvent created = new GameEvent.GameCreated(
                    new GameId("game-" + game),
                    "Game",
                    ZoneOffset.UTC,
                    Currency.getInstance("EUR"),
                    ActiveBy.ANY_EVENT,
                    Stage.LIVE,
                    AT);
            Projection.Batch batch = one.begin(partition);
            Position position = new Position(START.incarnation(), game);
            new EventHandlers(batch.handlers())
                    .handle(created, new EventPlace(position, game, new UUID(game, game), -1, 0, AT));
            together.await(30, TimeUnit.SECONDS);
            Checkpoint next = checkpoint(game);
            batch.commit(at, next, List.of());
            at = next;
        }
        return null;
    }

    /** What comes before the first event of a player. */
    private List<Object> settings() {
        return events().stream().takeWhile(event -> !players().contains(event)).toList();
    }

    /** All but the last of the events, then one that can't be read, behind which the last one waits. */
    private ContractStream.Instance poisoned(ContractStream stream) {
        ContractStream.Instance here = stream.begin(projection(), 0);
        int last = events().size() - 1;
        here.apply(stream.appendAll(ContractStream.ONE, events().subList(0, last)));
        Object before = contents();
        here.apply(stream.append(ContractStream.ONE, again(), ContractStream.Kind.BROKEN));
        here.apply(stream.append(ContractStream.ONE, events().get(last)));
        assertThat(contents()).isEqualTo(before);
        assertThat(projection().quarantined(0))
                .extracting(QuarantinedStream::events)
                .containsExactly(2L);
        return here;
    }

    /** An event that can be applied once more; it is what can't be read. */
    protected Object again() {
        return players().getFirst();
    }

    private static @Nullable Position at(Projection projection) {
        Checkpoint checkpoint = projection.checkpoint(0);
        return checkpoint == null ? null : checkpoint.position();
    }

    private Checkpoint apply(@Nullable Checkpoint expected, int index, long number) {
        Projection.Batch batch = projection().begin(0);
        handle(batch, index);
        Checkpoint next = checkpoint(number);
        batch.commit(expected, next, List.of());
        return next;
    }

    private void commitEmpty(@Nullable Checkpoint expected, Checkpoint next) {
        projection().begin(0).commit(expected, next, List.of());
    }

    private void handle(Projection.Batch batch, int index) {
        new EventHandlers(batch.handlers()).handle(events().get(index), place(ContractStream.ONE, index));
    }

    private static ParkedEvent parked(UUID stream) {
        return new ParkedEvent(place(stream, 3).position(), stream, 3, "handler.failed");
    }

    private static EventPlace place(UUID stream, long sequence) {
        return new EventPlace(new Position(START.incarnation(), sequence + 1), 1, stream, 0, sequence, AT);
    }

    private static Checkpoint checkpoint(long number) {
        return new Checkpoint(new Position(START.incarnation(), number), AT, 100 + number, number, -number);
    }
}
