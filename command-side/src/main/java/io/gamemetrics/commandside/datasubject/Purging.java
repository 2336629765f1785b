package io.gamemetrics.commandside.datasubject;

import static java.util.stream.Collectors.groupingBy;

import io.gamemetrics.commandside.datasubject.RequestCommand.RecordPurged;
import io.gamemetrics.commandside.datasubject.RequestState.Executing;
import io.gamemetrics.infrastructure.erasures.ErasureAnswer;
import io.gamemetrics.infrastructure.erasures.ErasureOrder;
import io.gamemetrics.infrastructure.erasures.ErasureOrder.Step;
import io.gamemetrics.infrastructure.erasures.ErasureOrders;
import io.gamemetrics.infrastructure.eventstore.EventStore;
import io.gamemetrics.infrastructure.privacy.PostgresVault;
import io.gamemetrics.infrastructure.privacy.Vault.Subject;
import io.gamemetrics.infrastructure.replays.Quarantines;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.Purged;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes away what this side holds of subjects of whom read models hold nothing any more: quarantine, snapshots and refused
 * events, then the keys. All who come to it in a round are done together: refused events are looked through once for all. How
 * much it is, is noted before it goes, so that whoever does it again after a death still knows. Used by one thread.
 */
final class Purging {

    private static final Logger LOG = LoggerFactory.getLogger(Purging.class);
    private static final String REJECTED = "rejected-events";
    private static final int NO_VERSION = 0;

    private final RequestCommands commands;
    private final SubjectSearch search;
    private final RefusedOfPersons refused;
    private final ErasureOrders orders;
    private final Quarantines quarantines;
    private final PostgresVault vault;
    private final EventStore store;
    private final Exports exports;
    private final Clock clock;
    private final List<Ready> ready = new ArrayList<>();

    Purging(PersonStores stores, RequestCommands commands, SubjectSearch search, Exports exports, Clock clock) {
        this.commands = commands;
        this.search = search;
        this.refused = stores.refused();
        this.orders = stores.orders();
        this.quarantines = stores.quarantines();
        this.vault = stores.vault();
        this.store = stores.store();
        this.exports = exports;
        this.clock = clock;
    }

    /**
     * A subject who is to be purged now.
     *
     * @param known what was read of the request, maybe a moment ago
     * @param order absent: the vault has nobody of this id
     * @param members the players whose keys are there still
     */
    private record Ready(
            UUID request,
            Executing known,
            int subject,
            int game,
            Intake.Subject who,
            @Nullable ErasureOrder order,
            List<Subject> members) {

        List<String> ids() {
            List<String> ids = new ArrayList<>(List.of(who.player()));
            members.forEach(member -> ids.add(member.playerId().value()));
            return ids;
        }
    }

    /** Has a person done at the end of this round. */
    void add(ErasureOrder order, Executing known, Intake.Subject who) {
        // Whose key is destroyed already has no id any more: this is done again after a death in between.
        List<Subject> members = List.copyOf(vault.subjectsOf(order.streams()).values());
        ready.add(new Ready(order.request(), known, order.subject(), order.tenant(), who, order, members));
    }

    /** Has an id that is nobody's done at the end of this round. */
    void addNobody(UUID request, Executing known, int subject, int game, Intake.Subject who) {
        ready.add(new Ready(request, known, subject, game, who, null, List.of()));
    }

    /** Does all who were added; who can't be is added again in the next round. */
    void finish() {
        List<Ready> all = List.copyOf(ready);
        ready.clear();
        all.stream().collect(groupingBy(Ready::game)).forEach((game, ofGame) -> {
            try {
                finish(game, ofGame);
            } catch (RuntimeException e) {
                // Other games go on.
                LOG.warn(
                        "nobody of a game could be purged, and they are again: {}",
                        e.getClass().getSimpleName());
            }
        });
    }

    private void finish(int game, List<Ready> all) {
        Map<Integer, List<String>> ids = new HashMap<>();
        for (int i = 0; i < all.size(); i++) {
            ids.put(i, all.get(i).ids());
        }
        Map<Integer, List<Long>> rejected = refused.find(game, ids);
        for (int i = 0; i < all.size(); i++) {
            Ready one = all.get(i);
            try {
                purge(one, rejected.getOrDefault(i, List.of()));
            } catch (RuntimeException e) {
                // The others go on.
                LOG.warn(
                        "somebody could not be purged, and is again: request={} {}",
                        one.request(),
                        e.getClass().getSimpleName());
            }
        }
    }

    private void purge(Ready one, List<Long> rejected) {
        ErasureOrder order = one.order();
        if (order == null) {
            purgeNobody(one, rejected);
        } else {
            purge(order, one, rejected);
        }
    }

    private void purge(ErasureOrder order, Ready one, List<Long> rejected) {
        Map<String, Long> held = new TreeMap<>();
        held.put("quarantine", quarantines.count(order.streams()));
        held.put("snapshots", (long) store.snapshots(order.streams()).size());
        held.put(REJECTED, (long) rejected.size());
        note(order, held);
        Map<String, Long> gone = new TreeMap<>();
        gone.put(
                "quarantine",
                order.streams().stream().mapToLong(quarantines::forget).sum());
        gone.put("snapshots", store.deleteSnapshots(order.streams()));
        refused.delete(one.game(), rejected);
        one.members().forEach(member -> vault.erasures()
                .destroy(one.game(), member.playerId(), member.pseudonym().value()));
        gone.put("exports", exports.forgetErased());
        Map<String, Long> all = note(order, gone);
        for (ErasureAnswer before : orders.answers(order.request(), order.subject(), Step.REMAINDER)) {
            before.counts().forEach((kind, rows) -> all.merge(before.projection() + "." + kind, rows, Long::sum));
        }
        all.put(
                "events",
                store.headSequences(order.streams()).values().stream()
                        .mapToLong(head -> head - 1)
                        .sum());
        record(order.request(), order.subject(), all);
        orders.advance(order, Step.SCAN, order.after());
    }

    /** Notes how much it was, of each kind the most that was ever seen; all that is noted now. */
    private Map<String, Long> note(ErasureOrder order, Map<String, Long> seen) {
        Map<String, Long> all = new TreeMap<>(seen);
        orders.answers(order.request(), order.subject(), Step.PURGE).stream()
                .filter(Purging::isNote)
                .forEach(before -> before.counts().forEach((kind, rows) -> all.merge(kind, rows, Long::max)));
        all.values().removeIf(rows -> rows == 0);
        orders.answer(order, new ErasureAnswer(PersonCounts.HERE, NO_VERSION, all));
        return all;
    }

    /** Whether an answer is what was noted here, and no read model's. */
    static boolean isNote(ErasureAnswer answer) {
        return answer.projection().equals(PersonCounts.HERE);
    }

    private void purgeNobody(Ready one, List<Long> rejected) {
        Map<String, Long> rows = Map.of(REJECTED, (long) rejected.size());
        if (search.isNobody(one.request(), one.subject())) {
            // First what it was: whoever dies in between finds the rest, and nothing of this is said twice.
            record(one.request(), one.subject(), rows);
            refused.delete(one.game(), rejected);
            search.tell(one.request(), one.subject(), one.known(), List.of());
        } else {
            refused.delete(one.game(), rejected);
            record(one.request(), one.subject(), rows);
        }
    }

    private void record(UUID request, int subject, Map<String, Long> rows) {
        List<Purged> purged = rows.entrySet().stream()
                .filter(kind -> kind.getValue() > 0)
                .map(kind -> new Purged(kind.getKey(), kind.getValue()))
                .toList();
        commands.send(new RecordPurged(request, subject, purged, clock.instant()));
    }
}
