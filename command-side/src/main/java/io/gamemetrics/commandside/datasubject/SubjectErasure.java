package io.gamemetrics.commandside.datasubject;

import io.gamemetrics.commandside.datasubject.Persons.Person;
import io.gamemetrics.commandside.datasubject.RequestState.Executing;
import io.gamemetrics.infrastructure.erasures.ErasureAnswer;
import io.gamemetrics.infrastructure.erasures.ErasureOrder;
import io.gamemetrics.infrastructure.erasures.ErasureOrder.Step;
import io.gamemetrics.infrastructure.erasures.ErasureOrders;
import io.gamemetrics.infrastructure.eventcatalog.StoredRemainder;
import io.gamemetrics.infrastructure.eventstore.EventStore;
import io.gamemetrics.infrastructure.privacy.PostgresVault;
import io.gamemetrics.infrastructure.privacy.Vault.Subject;
import io.gamemetrics.infrastructure.replays.Versions;
import io.gamemetrics.sharedkernel.ids.Position;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Takes the erasure of one subject as far as it goes now; again later. Whoever dies anywhere in between, or does it twice
 * at once, changes nothing: each step looks first what was done. Used by one thread.
 */
final class SubjectErasure {

    private final RequestViews views;
    private final Persons persons;
    private final PersonsEnd end;
    private final Keeping keeping;
    private final SubjectSearch search;
    private final Purging purging;
    private final ErasureOrders orders;
    private final Versions versions;
    private final Answered answered;
    private final PostgresVault vault;
    private final EventStore store;

    /** Those whose erasure this process has heard of, so that what it held of them is gone. */
    private final Set<UUID> refreshed = new HashSet<>();

    /** @param answered whether everybody has answered who must */
    SubjectErasure(
            PersonStores stores,
            RequestCommands commands,
            RequestViews views,
            Answered answered,
            Exports exports,
            Clock clock) {
        this.views = views;
        this.persons = stores.persons();
        this.end = new PersonsEnd(stores.vault(), stores.store(), stores.codec());
        this.keeping = new Keeping(stores.vault(), stores.store(), stores.codec(), commands, clock);
        this.search = new SubjectSearch(stores, commands, views, clock);
        this.purging = new Purging(stores, commands, search, exports, clock);
        this.orders = stores.orders();
        this.versions = stores.versions();
        this.answered = answered;
        this.vault = stores.vault();
        this.store = stores.store();
    }

    /** The subjects of whom nothing is to be done any more. */
    Set<Integer> over(UUID request, Executing executing) {
        return search.over(request, executing);
    }

    /**
     * Takes one on; what is the same work for all is done by {@link #finish}.
     *
     * @param known what this process has read of the request, maybe a moment ago
     */
    void take(UUID request, int subject, Intake intake, Executing known) {
        Intake.Subject who = intake.subjects().get(subject);
        int game = vault.findGameNumber(who.gameId()).orElseThrow();
        Optional<ErasureOrder> ordered = orders.find(request, subject);
        if (ordered.isEmpty()) {
            if (!known.purged().containsKey(subject)) {
                if (isStillToBeDone(request, subject)) {
                    begin(request, subject, game, who, known);
                }
            } else if (search.isNobody(request, subject)) {
                purging.addNobody(request, known, subject, game, who);
            } else {
                search.anew(request, subject, game, who);
            }
            return;
        }
        ErasureOrder order = ordered.get();
        refresh(order, game, who);
        List<ErasureAnswer> answers = orders.answers(request, subject, order.step());
        if (!answered.by(answers, order.step())) {
            return;
        }
        switch (order.step()) {
            case REMAINDER -> end(order, who, game, answers, intake.keep());
            case PURGE -> purge(order, who, known, answers);
            case SCAN -> {
                search.tell(request, subject, known, search.found(request, subject, game, who, answers));
                orders.forget(request, subject);
                refreshed.remove(order.streams().getFirst());
            }
            case PLAN, EXPORT -> throw new IllegalStateException("an erasure has no such step: " + order.step());
        }
    }

    /** Ends a round: does what there is to do for all who were taken on, of whatever request. */
    void finish() {
        purging.finish();
    }

    /**
     * Asked again before anybody is frozen: what this process read of the request may be from before another one did all of
     * it, and the player may have been readmitted since.
     */
    private boolean isStillToBeDone(UUID request, int subject) {
        return views.find(request).orElse(null) instanceof Executing executing
                && !executing.purged().containsKey(subject);
    }

    private void begin(UUID request, int subject, int game, Intake.Subject who, Executing known) {
        boolean wasErased = vault.erasures().erasedAt(game, who.playerId()).isPresent();
        Optional<Person> found = persons.freeze(game, who.playerId());
        if (found.isEmpty()) {
            if (orders.find(request, subject).isEmpty()) {
                gone(request, subject, game, who, known, wasErased);
            }
            return;
        }
        Person person = found.get();
        search.remember(request, subject, person);
        orders.begin(new ErasureOrder(
                request,
                subject,
                game,
                person.streams(),
                person.members().stream().map(Subject::playerNumber).toList(),
                Step.REMAINDER,
                store.position()));
    }

    /**
     * Nobody has this id: nobody had, or they were ended already, in an event store that was put back to before since. Of who was
     * erased there may be something again, in stores that were put back together with the vault.
     */
    private void gone(UUID request, int subject, int game, Intake.Subject who, Executing known, boolean wasErased) {
        if (!wasErased && vault.requestSecrets().needles(request, subject).isEmpty()) {
            search.nobody(request, subject);
        }
        keeping.tell(request, subject);
        purging.addNobody(request, known, subject, game, who);
    }

    private void refresh(ErasureOrder order, int game, Intake.Subject who) {
        if (order.step() != Step.SCAN && refreshed.add(order.streams().getFirst())) {
            persons.refresh(order.streams(), erasedAt(game, who));
        }
    }

    /**
     * Nobody is ended before the version that readers ask has said what stays of them: with the keys that would be lost. It is
     * asked again where another one was asked when it answered, or where read models are only being set up.
     */
    private void end(ErasureOrder order, Intake.Subject who, int game, List<ErasureAnswer> answers, List<Keep> keep) {
        Optional<byte[]> remainder = answers.stream()
                .filter(answer -> answer.remainder().length > 0)
                .filter(answer -> versions.active(answer.projection()).orElse(0) == answer.version())
                .map(ErasureAnswer::remainder)
                .findFirst();
        if (remainder.isEmpty()) {
            answers.forEach(answer -> orders.ask(order, answer));
            return;
        }
        keeping.keep(order, keep);
        Position ended = end.end(order, who.gameId(), StoredRemainder.read(remainder.get()), erasedAt(game, who));
        orders.advance(order, Step.PURGE, ended);
    }

    private void purge(ErasureOrder order, Intake.Subject who, Executing known, List<ErasureAnswer> answers) {
        List<ErasureAnswer> left = answers.stream()
                .filter(answer -> answer.total() > 0 && !Purging.isNote(answer))
                .toList();
        if (left.isEmpty()) {
            purging.add(order, known, who);
        } else {
            left.forEach(answer -> orders.ask(order, answer));
        }
    }

    private Instant erasedAt(int game, Intake.Subject who) {
        return vault.erasures().erasedAt(game, who.playerId()).orElseThrow();
    }
}
