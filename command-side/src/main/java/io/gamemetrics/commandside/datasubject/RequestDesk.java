package io.gamemetrics.commandside.datasubject;

import static java.util.stream.Collectors.toSet;

import io.gamemetrics.commandside.datasubject.RequestCommand.ExtendRequest;
import io.gamemetrics.commandside.datasubject.RequestCommand.ReceiveRequest;
import io.gamemetrics.commandside.datasubject.RequestCommand.Step;
import io.gamemetrics.commandside.datasubject.RequestCommand.TakeStep;
import io.gamemetrics.commandside.game.GameView;
import io.gamemetrics.commandside.game.GameViews;
import io.gamemetrics.infrastructure.privacy.AuditChain;
import io.gamemetrics.infrastructure.privacy.PostgresVault;
import io.gamemetrics.infrastructure.privacy.RequestEndings;
import io.gamemetrics.infrastructure.privacy.RequestSecrets;
import io.gamemetrics.infrastructure.web.Caller;
import io.gamemetrics.infrastructure.web.Refusal;
import io.gamemetrics.infrastructure.web.RequestProblem;
import io.gamemetrics.infrastructure.web.Role;
import io.gamemetrics.sharedkernel.datasubject.RequestKind;
import io.gamemetrics.sharedkernel.ids.GameId;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Takes requests in and through their steps, for who may. What is personal of them goes into the vault, under the
 * request's own key; who does what is in the audit before it is done. Safe for concurrent use.
 */
public final class RequestDesk {

    /** So many are looked at together, of whoever they are. */
    private static final int PAGE = 200;

    private final GameViews games;
    private final RequestCommands commands;
    private final RequestViews views;
    private final PostgresVault vault;
    private final RequestSecrets secrets;
    private final RequestEndings endings;
    private final AuditChain audit;
    private final KeptElsewhere keptElsewhere;
    private final Clock clock;

    public RequestDesk(
            GameViews games, RequestCommands commands, RequestViews views, PostgresVault vault, Clock clock) {
        this.games = games;
        this.commands = commands;
        this.views = views;
        this.vault = vault;
        this.secrets = vault.requestSecrets();
        this.endings = vault.requestEndings();
        this.audit = vault.audit();
        this.keptElsewhere = new KeptElsewhere(secrets, views);
        this.clock = clock;
    }

    /** A request just made. */
    record Made(UUID requestId, Instant dueAt) {}

    /** Makes a request of what was sent: a game's SUBJECT_REQUEST key or somebody with the privacy role in each game. */
    Made receive(Caller caller, NewRequest sent) {
        RequestKind kind = sent.kind();
        Intake intake = sent.intake();
        List<GameId> named =
                intake.subjects().stream().map(Intake.Subject::gameId).toList();
        for (GameId game : Set.copyOf(named)) {
            if (!caller.may(Role.SUBJECT_REQUEST, game)) {
                caller.require(Role.PRIVACY, game);
            }
        }
        Instant now = clock.instant();
        Instant received = sent.received(now);
        boolean confirmed = sent.identityConfirmed();
        if (sent.wantsToKeep()) {
            // What a law keeps is the studio's to say, not the game's.
            Set.copyOf(named).forEach(game -> caller.require(Role.PRIVACY, game));
        }
        List<Keep> keep = sent.keeps(zones(named), intake.subjects(), now);
        return receive(caller, kind, intake.keeping(keep), received, confirmed, now);
    }

    /** Makes the request of one subject and has it executed at once. */
    Made eraseNow(Caller caller, Intake.Subject subject) {
        caller.require(Role.PRIVACY, subject.gameId());
        Instant now = clock.instant();
        Intake intake = new Intake(List.of(subject), "ordered by name, without a request of the subject's own", null);
        Made made = receive(caller, RequestKind.ERASURE, intake, now, true, now);
        take(caller, made.requestId(), Step.EXECUTE, null);
        return made;
    }

    private Made receive(
            Caller caller, RequestKind kind, Intake intake, Instant receivedAt, boolean confirmed, Instant now) {
        List<GameId> named =
                intake.subjects().stream().map(Intake.Subject::gameId).toList();
        // To the second: a day by which somebody is answered has no fractions.
        RequestClock due = RequestClock.of(receivedAt.truncatedTo(ChronoUnit.SECONDS), zones(named));
        if (kind == RequestKind.ERASURE && named.stream().allMatch(game -> caller.may(Role.PRIVACY, game))) {
            // Nobody else is told of other requests; who has this one executed is.
            keptElsewhere.requireNone(null, intake);
        }
        UUID request = UUID.randomUUID();
        int first = games.find(named.getFirst()).orElseThrow().number();
        audit.append("request.receive", request, null, caller.name());
        if (!intake.keep().isEmpty()) {
            secrets.put(request, RequestSecrets.KEEP, new byte[0]);
        }
        secrets.put(request, Intake.NAME, intake.toBytes());
        vault.gameStreams(first, List.of(request));
        commands.send(new ReceiveRequest(request, kind, named, due, confirmed, caller.name(), now));
        return new Made(request, due.dueAt());
    }

    private Set<ZoneId> zones(List<GameId> named) {
        return Set.copyOf(named).stream()
                .map(game -> games.find(game).orElseThrow(() -> new Refusal(RequestProblem.NOT_FOUND)))
                .map(GameView::timeZone)
                .collect(toSet());
    }

    /** The request, for somebody with the privacy role in each of its games; the look is audited. */
    RequestDocument look(Caller caller, UUID request) {
        RequestState state = allowed(caller, request);
        audit.append("request.read", request, null, caller.name());
        return document(state);
    }

    /** The proof that it was done. */
    byte[] certificate(Caller caller, UUID request) {
        allowed(caller, request);
        audit.append("request.certificate", request, null, caller.name());
        return vault.certificates().find(request).orElseThrow(() -> new Refusal(SubjectProblem.CERTIFICATE_MISSING));
    }

    /** Requests in the order they were made, of those games in which the caller has the privacy role. */
    List<RequestDocument> list(Caller caller, @Nullable UUID after, int first) {
        // All requests are walked through: not for anybody who is signed in.
        if (!caller.maySomewhere(Role.PRIVACY)) {
            throw new Refusal(RequestProblem.FORBIDDEN);
        }
        audit.append("request.list", null, null, caller.name());
        List<RequestDocument> documents = new ArrayList<>();
        UUID last = after;
        List<UUID> page;
        do {
            page = secrets.requests(false, last, PAGE);
            var found = views.find(page);
            for (UUID request : page) {
                RequestState state = found.get(request);
                if (state != null && isAllowed(caller, state) && documents.size() < first) {
                    documents.add(document(state, null));
                }
                last = request;
            }
        } while (documents.size() < first && page.size() == PAGE);
        return documents;
    }

    /** @param words what was said about it, kept under the request's key; absent: nothing */
    RequestDocument take(Caller caller, UUID request, Step step, @Nullable String words) {
        RequestState state = open(caller, request);
        if (step == Step.EXECUTE && state.request().kind() == RequestKind.ERASURE) {
            secrets.find(request, Intake.NAME)
                    .map(Intake::ofBytes)
                    .ifPresent(intake -> keptElsewhere.requireNone(request, intake));
        }
        String name = step.name().toLowerCase(Locale.ROOT).replace('_', '-');
        audit.append("request." + name, request, null, caller.name());
        commands.send(new TakeStep(request, step, caller.name(), clock.instant()));
        keep(request, name, words);
        return document(current(request));
    }

    /** Extends the request, by two months unless it says until when. */
    RequestDocument extend(Caller caller, UUID request, @Nullable Instant until, String reason) {
        RequestState state = open(caller, request);
        audit.append("request.extend", request, null, caller.name());
        commands.send(new ExtendRequest(
                request, until == null ? state.request().latestAt() : until, caller.name(), clock.instant()));
        keep(request, "extend", reason);
        return document(current(request));
    }

    /**
     * The request, unless it is over: whatever the event store says, which may have been put back to before its end. Nobody could
     * do anything of it any more.
     */
    private RequestState open(Caller caller, UUID request) {
        RequestState state = allowed(caller, request);
        if (endings.ending(request).isPresent()) {
            throw new Refusal(SubjectProblem.OVER);
        }
        return state;
    }

    private void keep(UUID request, String name, @Nullable String words) {
        if (words != null) {
            secrets.put(request, "words." + name, words.getBytes(StandardCharsets.UTF_8));
        }
    }

    private RequestDocument document(RequestState state) {
        // Of one that is proven nobody is named, also in the moment before its key is destroyed.
        Intake intake = state instanceof RequestState.Completed
                ? null
                : secrets.find(state.request().requestId(), Intake.NAME)
                        .map(Intake::ofBytes)
                        .orElse(null);
        return document(state, intake);
    }

    /** What the vault knows of its end counts where the event store knows of none. */
    private RequestDocument document(RequestState state, @Nullable Intake intake) {
        RequestDocument document = RequestDocument.of(state, intake, LostInVault.kept(vault, state));
        if (EndedStreams.isOver(state)) {
            return document;
        }
        UUID request = state.request().requestId();
        return endings.ending(request)
                .map(ending -> document.ended(
                        ending.phase(),
                        vault.certificates()
                                .find(request)
                                .map(ErasureCertificate::fingerprint)
                                .orElse(null)))
                .orElse(document);
    }

    private RequestState current(UUID request) {
        return views.find(request).orElseThrow(() -> new Refusal(RequestProblem.NOT_FOUND));
    }

    /** Whoever may not know one of the games may not know the request. */
    RequestState allowed(Caller caller, UUID request) {
        return find(caller, request).orElseThrow(() -> new Refusal(RequestProblem.NOT_FOUND));
    }

    /** The same; empty where the event store knows of none. */
    Optional<RequestState> find(Caller caller, UUID request) {
        Optional<RequestState> state = views.find(request);
        state.ifPresent(
                found -> Set.copyOf(found.request().games()).forEach(game -> caller.require(Role.PRIVACY, game)));
        return state;
    }

    private static boolean isAllowed(Caller caller, RequestState state) {
        return state.request().games().stream().allMatch(game -> caller.may(Role.PRIVACY, game));
    }
}
