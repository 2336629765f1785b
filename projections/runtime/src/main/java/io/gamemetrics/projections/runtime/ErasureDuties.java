package io.gamemetrics.projections.runtime;

import io.gamemetrics.infrastructure.erasures.ErasureAnswer;
import io.gamemetrics.infrastructure.erasures.ErasureOrder;
import io.gamemetrics.infrastructure.erasures.ErasureOrder.Step;
import io.gamemetrics.infrastructure.erasures.ErasureOrders;
import io.gamemetrics.infrastructure.erasures.Gathering;
import io.gamemetrics.infrastructure.eventcatalog.StoredRemainder;
import io.gamemetrics.infrastructure.readstore.Person;
import io.gamemetrics.infrastructure.readstore.SharedSearch;
import io.gamemetrics.sharedkernel.erasure.Remainder;
import io.gamemetrics.sharedkernel.ids.Position;
import io.gamemetrics.sharedkernel.ids.Pseudonym;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers for the versions of one projection what is asked of persons who are being erased: how much is held of them and
 * what stays in sums, that nothing is held any more, where anything is found of who they were. A version answers when all
 * its partitions have passed the position that is asked for; of several processes, the one with its first partition. Used
 * by the supervisor's thread; the answers are made on another, since a search reads everything.
 */
final class ErasureDuties implements AutoCloseable {

    /** So many orders are answered in one go. */
    static final int MOST_ORDERS = 200;

    private static final byte[] NONE = {};
    private static final Logger LOG = LoggerFactory.getLogger(ErasureDuties.class);

    private final VersionedProjection projection;
    private final ReplayControl control;
    private final int partitions;
    private final Background background;
    private final Gathering gathering = new Gathering();

    ErasureDuties(VersionedProjection projection, ReplayControl control, int partitions) {
        this.projection = projection;
        this.control = control;
        this.partitions = partitions;
        this.background = new Background("erasures-" + projection.name());
    }

    /**
     * Looks what is asked, and begins to answer it.
     *
     * @param active the version readers ask
     * @return whether somebody waits for these versions
     */
    boolean attend(Map<Integer, RunningVersion> running, int active) {
        ErasureQuestions questions = control.erasures();
        if (questions == null || background.isBusy()) {
            return questions != null;
        }
        boolean waits = false;
        for (var here : running.entrySet()) {
            if (!here.getValue().has(0)) {
                continue;
            }
            int version = here.getKey();
            List<ErasureOrder> open = questions.orders().open(projection.name(), version, MOST_ORDERS);
            waits |= !open.isEmpty();
            List<ErasureOrder> ready = gathered(version, questions.orders(), ready(version, open));
            if (!ready.isEmpty()) {
                background.begin(() -> answer(questions, version, version == active, ready));
                return true;
            }
        }
        return waits;
    }

    private List<ErasureOrder> ready(int version, List<ErasureOrder> open) {
        if (open.isEmpty()) {
            return open;
        }
        Position at = control.progress()
                .of(projection.name(), version)
                .position(partitions)
                .orElse(null);
        return open.stream().filter(order -> hasPassed(at, order.after())).toList();
    }

    /** Without searches that wait for others. */
    private List<ErasureOrder> gathered(int version, ErasureOrders orders, List<ErasureOrder> ready) {
        if (ready.stream().noneMatch(ErasureDuties::isSearch) || gathering.isOver(Integer.toString(version), orders)) {
            return ready;
        }
        return ready.stream().filter(order -> !isSearch(order)).toList();
    }

    private static boolean isSearch(ErasureOrder order) {
        return order.step() == Step.SCAN;
    }

    private static boolean hasPassed(@Nullable Position at, Position asked) {
        return at != null && at.incarnation() == asked.incarnation() && at.number() >= asked.number();
    }

    private void answer(ErasureQuestions questions, int version, boolean isActive, List<ErasureOrder> ready) {
        Erasing erasing = projection.erasing().orElse(null);
        List<ErasureOrder> searched = new ArrayList<>();
        for (ErasureOrder order : ready) {
            if (isSearch(order) && erasing != null) {
                searched.add(order);
            } else if (order.step() == Step.EXPORT) {
                trying(
                        List.of(order),
                        () -> questions.orders().answer(order, given(questions, version, isActive, order)));
            } else {
                trying(List.of(order), () -> questions.orders().answer(order, held(erasing, version, isActive, order)));
            }
        }
        if (erasing != null) {
            search(questions, erasing, version, searched);
        }
    }

    /** What is done for some orders, and may fail. */
    private interface Attempt {

        void run() throws SQLException;
    }

    /** Whatever fails is asked again at the next look; the others don't wait for it. */
    private void trying(List<ErasureOrder> orders, Attempt attempt) {
        try {
            attempt.run();
        } catch (SQLException | RuntimeException e) {
            LOG.warn(
                    "{}: what is asked for an erasure can't be answered: requests={} {}",
                    projection.name(),
                    orders.stream().map(ErasureOrder::request).distinct().toList(),
                    e.getClass().getSimpleName());
        }
    }

    /** @param erasing absent: the projection keeps nothing of anybody */
    private ErasureAnswer held(@Nullable Erasing erasing, int version, boolean isActive, ErasureOrder order)
            throws SQLException {
        if (erasing == null) {
            return new ErasureAnswer(projection.name(), version, Map.of());
        }
        List<Person> persons = persons(order);
        Map<String, Long> held = erasing.held(version, persons);
        if (order.step() == Step.PLAN && isActive) {
            return new ErasureAnswer(
                    projection.name(), version, withWhatStays(held, erasing.remainder(version, persons)));
        }
        byte[] remainder = order.step() == Step.REMAINDER && isActive
                ? erasing.remainder(version, persons)
                        .map(StoredRemainder::write)
                        .orElse(NONE)
                : NONE;
        return new ErasureAnswer(projection.name(), version, held, remainder);
    }

    /** Hands over what a version holds of a person, if it is the one readers ask; the others have the same. */
    private ErasureAnswer given(ErasureQuestions questions, int version, boolean isActive, ErasureOrder order)
            throws SQLException {
        if (!isActive) {
            return new ErasureAnswer(projection.name(), version, Map.of());
        }
        Map<String, Long> rows = new TreeMap<>();
        Exporting exporting = projection.exporting().orElse(null);
        if (exporting != null) {
            ExportPart part = new ExportPart(questions.parts(), order, projection.name(), exporting.tables());
            exporting.export(version, persons(order), part);
            rows.putAll(part.end());
        }
        rows.put(
                ErasureAnswer.EXPORTED,
                rows.values().stream().mapToLong(Long::longValue).sum());
        return new ErasureAnswer(projection.name(), version, rows);
    }

    /** @param remainder what would stay; empty where there are no sums */
    private static Map<String, Long> withWhatStays(Map<String, Long> held, Optional<Remainder> remainder) {
        Map<String, Long> all = new TreeMap<>(held);
        remainder
                .filter(stays -> !stays.days().isEmpty())
                .ifPresent(stays ->
                        all.put(ErasureAnswer.STAYS, (long) stays.days().size()));
        return all;
    }

    private void search(ErasureQuestions questions, Erasing erasing, int version, List<ErasureOrder> orders) {
        List<SharedSearch<ErasureOrder>> all = new ArrayList<>();
        for (ErasureOrder order : orders) {
            trying(
                    List.of(order),
                    () -> all.add(
                            new SharedSearch<>(order, questions.needles().find(order.request(), order.subject()))));
        }
        for (List<SharedSearch<ErasureOrder>> pass : SharedSearch.passes(all)) {
            trying(pass.stream().map(SharedSearch::owner).toList(), () -> {
                for (var found : SharedSearch.together(pass, needles -> erasing.scan(version, needles))) {
                    questions
                            .orders()
                            .answer(
                                    found.owner(),
                                    ErasureAnswer.searched(
                                            projection.name(),
                                            version,
                                            found.hits(),
                                            found.searchedValues(),
                                            found.searchedBytes()));
                }
            });
        }
    }

    private static List<Person> persons(ErasureOrder order) {
        List<Person> persons = new ArrayList<>();
        for (int i = 0; i < order.streams().size(); i++) {
            persons.add(new Person(
                    order.tenant(),
                    new Pseudonym(order.streams().get(i)),
                    order.numbers().get(i)));
        }
        return persons;
    }

    @Override
    public void close() {
        background.close();
    }
}
