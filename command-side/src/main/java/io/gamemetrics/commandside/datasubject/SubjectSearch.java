package io.gamemetrics.commandside.datasubject;

import io.gamemetrics.commandside.datasubject.Persons.Person;
import io.gamemetrics.commandside.datasubject.RequestCommand.RecordScanned;
import io.gamemetrics.commandside.datasubject.RequestState.Executing;
import io.gamemetrics.commandside.search.StoreSearches;
import io.gamemetrics.infrastructure.erasures.ErasureAnswer;
import io.gamemetrics.infrastructure.erasures.ErasureOrder;
import io.gamemetrics.infrastructure.erasures.ErasureOrder.Step;
import io.gamemetrics.infrastructure.erasures.ErasureOrders;
import io.gamemetrics.infrastructure.eventstore.EventStore;
import io.gamemetrics.infrastructure.privacy.KeptRecords.Kept;
import io.gamemetrics.infrastructure.privacy.PostgresVault;
import io.gamemetrics.infrastructure.privacy.RequestSecrets;
import io.gamemetrics.infrastructure.privacy.SearchMarks;
import io.gamemetrics.infrastructure.privacy.SearchMarks.Mark;
import io.gamemetrics.infrastructure.privacy.Vault.Subject;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.Searched;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.SubjectScanned;
import io.gamemetrics.sharedkernel.ids.PlayerId;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The search for a subject who is purged. It is over when the request says so and the vault remembers it: of a vault that was
 * put back to before, nothing was searched, and it is ordered again. Used by one thread.
 */
final class SubjectSearch {

    private static final Logger LOG = LoggerFactory.getLogger(SubjectSearch.class);
    private static final int NO_NUMBER = -1;

    private final RequestCommands commands;
    private final RequestViews views;
    private final ErasureOrders orders;
    private final PostgresVault vault;
    private final RequestSecrets secrets;
    private final SearchMarks marks;
    private final EventStore store;
    private final Clock clock;

    SubjectSearch(PersonStores stores, RequestCommands commands, RequestViews views, Clock clock) {
        this.commands = commands;
        this.views = views;
        this.orders = stores.orders();
        this.vault = stores.vault();
        this.secrets = vault.requestSecrets();
        this.marks = vault.searchMarks();
        this.store = stores.store();
        this.clock = clock;
    }

    /** Those for whom there is nothing to do now; the vault is asked when the request says it of everybody. */
    Set<Integer> over(UUID request, Executing executing) {
        Set<Integer> over = new HashSet<>(executing.scanned().keySet());
        if (executing.isScanned()) {
            over.retainAll(marks.of(request, Mark.SEARCHED));
        }
        return over;
    }

    /** Remembers that there is nobody to be searched for. */
    void nobody(UUID request, int subject) {
        marks.put(request, subject, Mark.NOBODY);
    }

    boolean isNobody(UUID request, int subject) {
        return marks.of(request, Mark.NOBODY).contains(subject);
    }

    /**
     * A subject that is purged has an order until it was searched for, unless the orders' database was made anew, or the vault
     * was put back: then the search is ordered again. What is looked for, pseudonyms among it, lies in the vault; where that
     * knew nothing yet, there is the id alone.
     */
    void anew(UUID request, int subject, int game, Intake.Subject who) {
        if (!(views.find(request).orElse(null) instanceof Executing executing)
                || (executing.scanned().containsKey(subject)
                        && marks.of(request, Mark.SEARCHED).contains(subject))) {
            return;
        }
        // Who searches needs no numbers of players, and no streams: those tell whose pseudonyms are not looked for.
        List<UUID> streams = List.copyOf(vault.erased(needles(request, subject, who).stream()
                .flatMap(SubjectSearch::uuid)
                .toList()));
        List<UUID> named = streams.isEmpty() ? List.of(request) : streams;
        orders.begin(new ErasureOrder(
                request,
                subject,
                game,
                named,
                named.stream().map(stream -> NO_NUMBER).toList(),
                Step.SCAN,
                store.position()));
    }

    private List<String> needles(UUID request, int subject, Intake.Subject who) {
        List<String> needles = secrets.needles(request, subject);
        if (needles.isEmpty()) {
            LOG.warn(
                    "nothing but their id is known any more to look for of somebody: request={} subject={}",
                    request,
                    subject);
            needles = List.of(who.player());
            marks.put(request, subject, Mark.BY_ID_ALONE);
            secrets.putNeedles(request, subject, needles);
        }
        return needles;
    }

    /** Says that it is over; again, when the vault was put back since it was said. */
    void tell(UUID request, int subject, Executing known, List<Searched> searched) {
        SubjectScanned before = known.scanned().get(subject);
        commands.send(
                new RecordScanned(request, subject, searched, before == null ? null : before.at(), clock.instant()));
        // Afterwards: whoever dies in between says it again.
        marks.put(request, subject, Mark.SEARCHED);
    }

    /** Remembers what to look for, and who all are this person; before anything is ordered. */
    void remember(UUID request, int subject, Person person) {
        marks.putIds(
                request,
                subject,
                person.members().stream()
                        .limit(PersonNeedles.MOST)
                        .map(Subject::playerId)
                        .toList());
        secrets.putNeedles(request, subject, person.needles());
    }

    /**
     * What was found. What is kept of the subject itself, by whichever of their ids, is where it has to be, and is no hit: the
     * certificate names it.
     */
    List<Searched> found(UUID request, int subject, int game, Intake.Subject who, List<ErasureAnswer> answers) {
        Set<String> own = keptOf(vault, request, subject, game, who).stream()
                .map(StoreSearches::placeOf)
                .collect(Collectors.toSet());
        return answers.stream()
                .map(answer -> new Searched(
                        answer.projection() + (answer.version() == 1 ? "" : "/" + answer.version()),
                        answer.searchedValues(),
                        answer.searchedBytes(),
                        (int) answer.counts().keySet().stream()
                                .filter(place -> !own.contains(place))
                                .count()))
                .toList();
    }

    /** What is kept of the person a subject is, by any request: also of a player they were linked with since. */
    static List<Kept> keptOf(PostgresVault vault, UUID request, int subject, int game, Intake.Subject who) {
        Set<PlayerId> ids = new HashSet<>(vault.searchMarks().ids(request, subject));
        ids.add(who.playerId());
        return vault.keptRecords().of(game, ids);
    }

    private static Stream<UUID> uuid(String text) {
        try {
            return Stream.of(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            return Stream.empty();
        }
    }
}
