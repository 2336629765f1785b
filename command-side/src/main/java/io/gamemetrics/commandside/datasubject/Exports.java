package io.gamemetrics.commandside.datasubject;

import io.gamemetrics.commandside.datasubject.Persons.Person;
import io.gamemetrics.commandside.datasubject.RequestCommand.EndExport;
import io.gamemetrics.commandside.datasubject.RequestCommand.RecordExported;
import io.gamemetrics.commandside.datasubject.RequestState.Exporting;
import io.gamemetrics.infrastructure.erasures.ErasureAnswer;
import io.gamemetrics.infrastructure.erasures.ErasureOrder;
import io.gamemetrics.infrastructure.erasures.ErasureOrder.Step;
import io.gamemetrics.infrastructure.erasures.ErasureOrders;
import io.gamemetrics.infrastructure.eventstore.EventStore;
import io.gamemetrics.infrastructure.privacy.ExportSecrets;
import io.gamemetrics.infrastructure.privacy.PostgresVault;
import io.gamemetrics.infrastructure.privacy.RequestSecrets;
import io.gamemetrics.infrastructure.privacy.Vault.Subject;
import io.gamemetrics.infrastructure.replays.KnownProjection;
import io.gamemetrics.infrastructure.replays.Versions;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;

/**
 * Has read models gather what they hold of subjects, keeps it until it was to be fetched, and takes it away: when its time is
 * over, and of whoever is erased. Whoever dies in between, or does it twice at once, changes nothing. Used by one thread.
 */
final class Exports {

    private static final int PAGE = 200;

    private final EndedStreams ended;
    private final RequestCommands commands;
    private final RequestViews views;
    private final Persons persons;
    private final ErasureOrders orders;
    private final Versions versions;
    private final PostgresVault vault;
    private final RequestSecrets secrets;
    private final ExportSecrets kept;
    private final EventStore store;
    private final Clock clock;

    /** Those looked at since this process began: the vault may have been restored to before an erasure. */
    private final Set<UUID> looked = new HashSet<>();

    Exports(PersonStores stores, EndedStreams ended, RequestCommands commands, RequestViews views, Clock clock) {
        this.ended = ended;
        this.commands = commands;
        this.views = views;
        this.persons = stores.persons();
        this.orders = stores.orders();
        this.versions = stores.versions();
        this.vault = stores.vault();
        this.secrets = vault.requestSecrets();
        this.kept = vault.exportSecrets();
        this.store = stores.store();
        this.clock = clock;
    }

    /** Takes one subject as far as it goes now. */
    void take(UUID request, int subject, Intake.Subject who) {
        Optional<ErasureOrder> ordered = orders.find(request, subject);
        if (ordered.isEmpty()) {
            begin(request, subject, who);
        } else if (isGone(ordered.get().streams())) {
            // Erased meanwhile: nothing of them is kept, and nobody waits for what is not there.
            kept.destroy(request, subject);
            done(ordered.get(), 0);
        } else {
            gathered(ordered.get()).ifPresent(rows -> done(ordered.get(), rows));
        }
    }

    /** Ends what lay ready for long enough; of the rest it takes those away who were erased. */
    void watch(UUID request, Exporting ready) {
        Instant until = ready.availableUntil();
        if (until != null && !clock.instant().isBefore(until)) {
            commands.send(new EndExport(request, clock.instant()));
            forget(request, ready);
        } else if (looked.add(request)) {
            forgetErased(request, ready);
        }
    }

    /** Takes everything away that was kept of a request that is over. */
    void forget(UUID request, Exporting done) {
        for (int subject = 0; subject < done.request().games().size(); subject++) {
            kept.destroy(request, subject);
        }
        ended.keep(request);
        secrets.destroy(request);
    }

    /**
     * Takes away what is kept of anybody whose key is destroyed.
     *
     * @return of how many subjects something was kept
     */
    long forgetErased() {
        long gone = 0;
        UUID last = null;
        List<UUID> page;
        do {
            page = secrets.requests(true, last, PAGE);
            for (Map.Entry<UUID, RequestState> found : views.find(page).entrySet()) {
                if (found.getValue() instanceof Exporting exporting) {
                    gone += forgetErased(found.getKey(), exporting);
                }
            }
            last = page.isEmpty() ? last : page.getLast();
        } while (page.size() == PAGE);
        return gone;
    }

    private long forgetErased(UUID request, Exporting exporting) {
        long gone = 0;
        for (int subject = 0; subject < exporting.request().games().size(); subject++) {
            if (kept.streams(request, subject).filter(this::isGone).isPresent()) {
                kept.destroy(request, subject);
                gone++;
            }
        }
        return gone;
    }

    private void begin(UUID request, int subject, Intake.Subject who) {
        int game = vault.findGameNumber(who.gameId()).orElseThrow();
        Optional<Person> found = persons.find(game, who.playerId());
        if (found.isEmpty()) {
            commands.send(new RecordExported(request, subject, 0, clock.instant()));
            return;
        }
        Person person = found.get();
        kept.begin(request, subject, person.streams());
        orders.begin(new ErasureOrder(
                request,
                subject,
                game,
                person.streams(),
                person.members().stream().map(Subject::playerNumber).toList(),
                Step.EXPORT,
                store.position()));
    }

    private boolean isGone(List<UUID> streams) {
        return vault.subjectsOf(streams).size() < streams.size();
    }

    /** How many rows it is, once the version that readers ask of every read model has handed over its part. */
    private OptionalLong gathered(ErasureOrder order) {
        List<ErasureAnswer> answers = orders.answers(order.request(), order.subject(), Step.EXPORT);
        long rows = 0;
        boolean isWhole = true;
        for (KnownProjection projection : versions.projections()) {
            int active = versions.active(projection.name()).orElse(0);
            Optional<ErasureAnswer> answer = answers.stream()
                    .filter(each -> each.projection().equals(projection.name()) && each.version() == active)
                    .findFirst();
            if (answer.isPresent() && answer.get().counts().containsKey(ErasureAnswer.EXPORTED)) {
                rows += answer.get().counts().getOrDefault(ErasureAnswer.EXPORTED, 0L);
            } else {
                // Not yet, or another version was asked by readers when it answered.
                answer.ifPresent(each -> orders.ask(order, each));
                isWhole = false;
            }
        }
        return isWhole ? OptionalLong.of(rows) : OptionalLong.empty();
    }

    private void done(ErasureOrder order, long rows) {
        commands.send(new RecordExported(order.request(), order.subject(), rows, clock.instant()));
        orders.forget(order.request(), order.subject());
    }
}
