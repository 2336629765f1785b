package io.gamemetrics.commandside.datasubject;

import static java.util.stream.Collectors.toSet;

import io.gamemetrics.commandside.datasubject.Persons.Person;
import io.gamemetrics.infrastructure.erasures.ErasureAnswer;
import io.gamemetrics.infrastructure.erasures.ErasureOrder;
import io.gamemetrics.infrastructure.erasures.ErasureOrder.Step;
import io.gamemetrics.infrastructure.erasures.ErasureOrders;
import io.gamemetrics.infrastructure.eventstore.EventStore;
import io.gamemetrics.infrastructure.privacy.PostgresVault;
import io.gamemetrics.infrastructure.privacy.Vault.Subject;
import io.gamemetrics.infrastructure.replays.Quarantines;
import io.gamemetrics.sharedkernel.datasubject.KeptKind;
import io.gamemetrics.sharedkernel.ids.Position;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what this side holds of subjects, and has the read models asked for what they hold. Changes nothing of anybody. */
final class PersonCounts {

    /** Under this name this side's own counts stand beside those of the read models. */
    static final String HERE = "command-side";

    /** Before the kind of what would be kept. */
    static final String KEPT = "kept.";

    private static final int NO_VERSION = 0;
    private static final Logger LOG = LoggerFactory.getLogger(PersonCounts.class);

    private final Persons persons;
    private final RefusedOfPersons refused;
    private final ErasureOrders orders;
    private final Quarantines quarantines;
    private final PostgresVault vault;
    private final EventStore store;

    PersonCounts(PersonStores stores) {
        this.persons = stores.persons();
        this.refused = stores.refused();
        this.orders = stores.orders();
        this.quarantines = stores.quarantines();
        this.vault = stores.vault();
        this.store = stores.store();
    }

    /**
     * Counts some subjects of a plan; again counts anew what is not finished.
     *
     * @param subjects by their number in the request
     * @param keep what is to be kept of each
     */
    void count(UUID plan, Map<Integer, Intake.Subject> subjects, List<Keep> keep) {
        Map<Integer, ErasureOrder> found = new TreeMap<>();
        Map<Integer, Map<Integer, List<String>>> idsByGame = new HashMap<>();
        Map<Integer, Map<KeptKind, Long>> keepable = new HashMap<>();
        Position now = store.position();
        subjects.forEach((subject, who) -> trying(plan, subject, () -> {
            int game = vault.findGameNumber(who.gameId()).orElseThrow();
            Optional<Person> person = persons.find(game, who.playerId());
            List<Subject> members = person.map(Person::members).orElse(List.of());
            keepable.put(subject, person.map(Person::keepable).orElse(Map.of()));
            found.put(subject, order(plan, subject, game, members, now));
            List<String> ids = new ArrayList<>(List.of(who.player()));
            members.forEach(member -> ids.add(member.playerId().value()));
            idsByGame.computeIfAbsent(game, any -> new HashMap<>()).put(subject, ids);
        }));
        Map<Integer, Long> rejected = new HashMap<>();
        idsByGame.forEach(
                (game, ids) -> refused.forEach(game, ids, (subject, event) -> rejected.merge(subject, 1L, Long::sum)));
        found.forEach((subject, order) -> trying(plan, subject, () -> {
            Map<String, Long> held = held(order, rejected.getOrDefault(subject, 0L));
            for (Keep each : keep) {
                long records = keepable.getOrDefault(subject, Map.of()).getOrDefault(each.keptKind(), 0L);
                if (records > 0) {
                    held.put(KEPT + each.kind(), records);
                }
            }
            orders.begin(order);
            orders.answer(order, new ErasureAnswer(HERE, NO_VERSION, held));
        }));
    }

    /** Who can't be counted is tried again at the next round, and holds up nobody else. */
    private static void trying(UUID plan, int subject, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.warn(
                    "somebody could not be counted for a plan, and is again: plan={} subject={} {}",
                    plan,
                    subject,
                    e.getClass().getSimpleName());
        }
    }

    /** Those of a plan's subjects for whom this side has done its part: its own counts are the last it writes. */
    static Set<Integer> counted(Map<Integer, List<ErasureAnswer>> answers) {
        return answers.entrySet().stream()
                .filter(subject -> subject.getValue().stream()
                        .anyMatch(answer -> answer.projection().equals(HERE)))
                .map(Map.Entry::getKey)
                .collect(toSet());
    }

    private Map<String, Long> held(ErasureOrder order, long rejected) {
        Map<String, Long> held = new TreeMap<>();
        held.put("rejected-events", rejected);
        if (!order.streams().isEmpty()) {
            held.put("players", (long) order.streams().size());
            held.put(
                    "events",
                    store.headSequences(order.streams()).values().stream()
                            .mapToLong(head -> head + 1)
                            .sum());
            held.put("snapshots", (long) store.snapshots(order.streams()).size());
            held.put("quarantine", quarantines.count(order.streams()));
        }
        held.values().removeIf(rows -> rows == 0);
        return held;
    }

    private static ErasureOrder order(UUID plan, int subject, int game, List<Subject> members, Position now) {
        return new ErasureOrder(
                plan,
                subject,
                game,
                members.stream().map(member -> member.pseudonym().value()).toList(),
                members.stream().map(Subject::playerNumber).toList(),
                Step.PLAN,
                now);
    }
}
