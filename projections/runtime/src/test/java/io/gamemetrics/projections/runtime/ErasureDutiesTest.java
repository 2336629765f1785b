package io.gamemetrics.projections.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.infrastructure.erasures.ErasureAnswer;
import io.gamemetrics.infrastructure.erasures.ErasureOrder;
import io.gamemetrics.infrastructure.erasures.ErasureOrder.Step;
import io.gamemetrics.infrastructure.erasures.ErasureOrders;
import io.gamemetrics.infrastructure.erasures.ErasuresSchema;
import io.gamemetrics.infrastructure.eventcatalog.StoredRemainder;
import io.gamemetrics.infrastructure.readstore.Hit;
import io.gamemetrics.infrastructure.readstore.Needles;
import io.gamemetrics.infrastructure.readstore.Person;
import io.gamemetrics.infrastructure.replays.KnownProjection;
import io.gamemetrics.infrastructure.replays.ReplayPart;
import io.gamemetrics.infrastructure.replays.ReplayWish;
import io.gamemetrics.infrastructure.replays.ReplayWish.SwitchWhen;
import io.gamemetrics.sharedkernel.erasure.Remainder;
import io.gamemetrics.sharedkernel.ids.Position;
import java.math.BigInteger;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What the versions of a projection answer when persons are erased, told by a store that says something of everything. */
@Execution(ExecutionMode.CONCURRENT)
class ErasureDutiesTest {

    private static final Remainder REMAINDER =
            new Remainder(LocalDate.of(2026, 11, 22), LocalDate.of(2026, 11, 23), List.of(day(22), day(23)));

    private final LiveStream stream = new LiveStream();
    private final Answering counting = new Answering(stream);
    private final ErasureOrders orders = new ErasureOrders(stream.database());
    private final UUID request = UUID.randomUUID();

    /** Counts, and answers. */
    private static final class Answering extends VersionedCounting implements Erasing {

        private final LiveStream stream;
        private final AtomicInteger searches = new AtomicInteger();
        private final AtomicBoolean keepsNothing = new AtomicBoolean();
        private final AtomicBoolean asksFailOnce = new AtomicBoolean();

        private volatile int needlesEach;
        private volatile int neverAnswered = -1;

        Answering(LiveStream stream) {
            super(stream);
            this.stream = stream;
            ErasuresSchema.migrate(stream.database());
        }

        @Override
        ReplayControl control(String instance) {
            return super.control(instance)
                    .answering(new ErasureQuestions(
                            new ErasureOrders(stream.database()),
                            (of, subject) -> needles(subject),
                            ErasureDutiesTest::keepNothing));
        }

        private List<String> needles(int subject) {
            List<String> needles = new ArrayList<>(List.of("needle-" + subject, "planted-" + subject));
            for (int i = needles.size(); i < needlesEach; i++) {
                needles.add("needle-" + subject + "-" + i);
            }
            return needles;
        }

        @Override
        public Optional<Erasing> erasing() {
            return keepsNothing.get() ? Optional.empty() : Optional.of(this);
        }

        @Override
        public Map<String, Long> held(int version, Collection<Person> persons) throws SQLException {
            if (asksFailOnce.getAndSet(false)) {
                throw new SQLException("the server is restarted");
            }
            if (persons.stream().anyMatch(person -> person.player() == neverAnswered)) {
                throw new IllegalStateException("something is wrong with this one");
            }
            return Map.of(
                    "rows", (long) version,
                    "persons", (long) persons.size(),
                    "number", persons.stream().mapToLong(Person::player).sum());
        }

        @Override
        public List<Hit> scan(int version, Needles needles) {
            searches.incrementAndGet();
            List<Hit> hits = new ArrayList<>();
            for (int i = 0; i < needles.texts().size(); i++) {
                if (needles.texts().get(i).startsWith("planted-")) {
                    hits.add(new Hit("counting", needles.texts().get(i), i, 2));
                }
            }
            return hits;
        }

        @Override
        public Optional<Remainder> remainder(int version, Collection<Person> person) {
            return Optional.of(REMAINDER);
        }
    }

    @AfterEach
    void close() {
        stream.close();
    }

    @Test
    void a_version_answers_once_all_its_partitions_have_passed_the_position() {
        stream.publish();
        stream.append(60);
        supervise();
        Position head = stream.store.position();
        ErasureOrder now = order(0, Step.REMAINDER, head);
        ErasureOrder later = order(1, Step.REMAINDER, new Position(head.incarnation(), head.number() + 30));
        ErasureOrder never = order(2, Step.REMAINDER, new Position(head.incarnation() + 1, 1));
        List.of(now, later, never).forEach(orders::begin);

        LiveStream.await(() -> !answers(now).isEmpty());
        assertThat(answers(now))
                .containsExactly(new ErasureAnswer(
                        "counting",
                        1,
                        Map.of("rows", 1L, "persons", 2L, "number", 12L),
                        StoredRemainder.write(REMAINDER)));
        assertThat(answers(later)).isEmpty();
        stream.append(60);
        LiveStream.await(() -> !answers(later).isEmpty());
        assertThat(answers(never)).as("of another life of the store").isEmpty();
    }

    @Test
    void every_version_answers_and_only_the_one_readers_ask_says_what_stays() {
        stream.publish();
        stream.append(60);
        supervise();
        counting.control("test").replays().start("counting", wish(), "ada");
        ErasureOrder order = order(0, Step.REMAINDER, stream.store.position());
        orders.begin(order);

        LiveStream.await(() -> answers(order).size() == 2);
        assertThat(answers(order)).extracting(ErasureAnswer::version).containsExactly(1, 2);
        assertThat(answers(order))
                .extracting(answer -> answer.remainder().length == 0)
                .containsExactly(false, true);
        orders.advance(order, Step.PURGE, order.after());
        LiveStream.await(() -> orders.answers(request, 0, Step.PURGE).size() == 2);
        assertThat(orders.answers(request, 0, Step.PURGE))
                .allSatisfy(answer -> assertThat(answer.remainder()).isEmpty());
    }

    @Test
    void a_plan_says_what_is_held_and_of_how_many_days_something_would_stay() {
        stream.publish();
        stream.append(60);
        supervise();
        ErasureOrder plan = order(0, Step.PLAN, stream.store.position());
        orders.begin(plan);

        LiveStream.await(() -> !answers(plan).isEmpty());
        assertThat(answers(plan))
                .containsExactly(new ErasureAnswer(
                        "counting", 1, Map.of("rows", 1L, "persons", 2L, "number", 12L, ErasureAnswer.STAYS, 2L)));
    }

    @Test
    void several_are_searched_for_in_one_pass_and_each_is_told_its_own() {
        stream.publish();
        stream.append(60);
        List<ErasureOrder> scans = List.of(
                order(0, Step.SCAN, stream.store.position()),
                order(1, Step.SCAN, stream.store.position()),
                order(2, Step.SCAN, stream.store.position()));
        scans.forEach(orders::begin);
        supervise();

        for (ErasureOrder scan : scans) {
            LiveStream.await(() -> !answers(scan).isEmpty());
            assertThat(answers(scan))
                    .containsExactly(
                            new ErasureAnswer("counting", 1, Map.of("counting planted-" + scan.subject(), 2L)));
        }
        assertThat(counting.searches).hasValue(1);
    }

    @Test
    void many_texts_are_searched_for_in_several_passes() {
        stream.publish();
        stream.append(60);
        counting.needlesEach = 2_000;
        List<ErasureOrder> scans = new ArrayList<>();
        for (int subject = 0; subject < 5; subject++) {
            scans.add(order(subject, Step.SCAN, stream.store.position()));
        }
        scans.forEach(orders::begin);
        supervise();

        for (ErasureOrder scan : scans) {
            LiveStream.await(() -> !answers(scan).isEmpty());
            assertThat(answers(scan))
                    .containsExactly(
                            new ErasureAnswer("counting", 1, Map.of("counting planted-" + scan.subject(), 2L)));
        }
        assertThat(counting.searches).as("two orders of 2,000 each").hasValue(3);
    }

    @Test
    void one_that_can_never_be_answered_holds_up_no_other() {
        stream.publish();
        stream.append(60);
        counting.neverAnswered = 99;
        ErasureOrder bad = new ErasureOrder(
                request, 0, 7, List.of(UUID.randomUUID()), List.of(99), Step.PURGE, stream.store.position());
        ErasureOrder good = order(1, Step.PURGE, stream.store.position());
        List.of(bad, good).forEach(orders::begin);
        supervise();

        LiveStream.await(() -> !answers(good).isEmpty());
        assertThat(answers(bad)).isEmpty();
    }

    @Test
    void trouble_is_tried_again_and_who_keeps_nothing_says_so() {
        stream.publish();
        stream.append(60);
        counting.asksFailOnce.set(true);
        supervise();
        ErasureOrder order = order(0, Step.PURGE, stream.store.position());
        orders.begin(order);
        LiveStream.await(() -> !answers(order).isEmpty());
        assertThat(counting.asksFailOnce).isFalse();

        counting.keepsNothing.set(true);
        ErasureOrder other = order(1, Step.SCAN, stream.store.position());
        orders.begin(other);
        LiveStream.await(() -> !answers(other).isEmpty());
        assertThat(answers(other)).containsExactly(new ErasureAnswer("counting", 1, Map.of()));
        assertThat(counting.searches).hasValue(0);
    }

    private static Remainder.Day day(int ofMonth) {
        return new Remainder.Day(
                LocalDate.of(2026, 11, ofMonth), Remainder.Segment.OTHERS, 1, 0, 0, BigInteger.ZERO, 0, 0, List.of());
    }

    private static void keepNothing(UUID of, int subject, String part, int number, byte[] piece, boolean isLast) {
        throw new IllegalStateException("nobody asked for " + part);
    }

    private void supervise() {
        counting.control("test").versions().register(new KnownProjection("counting", LiveStream.PARTITIONS, true, 1));
        stream.start(counting.supervise("one", Long.MAX_VALUE));
    }

    private List<ErasureAnswer> answers(ErasureOrder order) {
        return orders.answers(order.request(), order.subject(), order.step());
    }

    private ErasureOrder order(int subject, Step step, Position after) {
        return new ErasureOrder(
                request, subject, 7, List.of(UUID.randomUUID(), UUID.randomUUID()), List.of(4, 8), step, after);
    }

    private static ReplayWish wish() {
        return new ReplayWish(null, SwitchWhen.MANUAL, null, null, ReplayPart.whole());
    }
}
