package io.gamemetrics.commandside.datasubject;

import io.gamemetrics.commandside.datasubject.RequestCommand.ReceiveRequest;
import io.gamemetrics.commandside.datasubject.RequestCommand.Step;
import io.gamemetrics.commandside.datasubject.RequestCommand.TakeStep;
import io.gamemetrics.commandside.datasubject.RequestState.Open;
import io.gamemetrics.infrastructure.privacy.PostgresVault;
import io.gamemetrics.infrastructure.privacy.RequestSecrets;
import io.gamemetrics.infrastructure.privacy.Vault.Subject;
import io.gamemetrics.sharedkernel.datasubject.RequestKind;
import io.gamemetrics.sharedkernel.ids.GameId;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Erasures that were begun and that no request takes on: the vault was put back to before the request was made, or the event
 * store to before it was executed. The ledger knows that they were begun, and the vault who it is; so a request is made of
 * each, and executed. Its id follows from the player's pseudonym, so several processes make one. Used by one thread.
 */
final class LeftErasures {

    private static final Logger LOG = LoggerFactory.getLogger(LeftErasures.class);
    private static final String PLATFORM = "platform";
    private static final int PAGE = 200;

    private final int pageSize;

    private final PostgresVault vault;
    private final RequestCommands commands;
    private final RequestViews views;
    private final Clock clock;

    /** Those of which the audit has heard from this process: trying it again is nothing new. */
    private final Set<UUID> audited = new HashSet<>();

    LeftErasures(PostgresVault vault, RequestCommands commands, RequestViews views, Clock clock) {
        this(vault, commands, views, clock, PAGE);
    }

    /** @param pageSize so many are looked at together */
    LeftErasures(PostgresVault vault, RequestCommands commands, RequestViews views, Clock clock, int pageSize) {
        this.pageSize = pageSize;
        this.vault = vault;
        this.commands = commands;
        this.views = views;
        this.clock = clock;
    }

    /** Takes up all of them; those of {@link BusyGames} wait until that is over. */
    void takeUp() {
        List<UUID> begun = begun();
        if (begun.isEmpty()) {
            return;
        }
        // After what is begun: a request is executed before it begins anything, so the game of each of its is busy by
        // now. Once:
        // what is taken up here is in no other's way.
        BusyGames busy = BusyGames.of(vault, views);
        for (int from = 0; from < begun.size(); from += pageSize) {
            takeUp(begun.subList(from, Math.min(from + pageSize, begun.size())), busy);
        }
    }

    private List<UUID> begun() {
        List<UUID> all = new ArrayList<>();
        List<UUID> page;
        do {
            page = vault.erasures().begun(all.isEmpty() ? null : all.getLast(), pageSize);
            all.addAll(page);
        } while (page.size() == pageSize);
        return all;
    }

    private void takeUp(List<UUID> begun, BusyGames busy) {
        // Read after the requests: whoever was completed meanwhile is no longer here.
        for (Subject subject : vault.subjectsOf(begun).values()) {
            UUID request = idOf(subject);
            try {
                GameId game = vault.gameOf(subject.gameNumber()).orElseThrow();
                if (!busy.has(game)) {
                    takeUp(request, game, subject);
                }
            } catch (RuntimeException e) {
                // The others are taken up; this one at the next look.
                LOG.warn(
                        "an erasure that no request knows of could not be taken up, and is again: request={} {}",
                        request,
                        e.getClass().getSimpleName());
            }
        }
    }

    private void takeUp(UUID request, GameId game, Subject subject) {
        RequestState known = views.find(request).orElse(null);
        if (known != null && !(known instanceof Open)) {
            // It was taken up already.
            return;
        }
        RequestSecrets secrets = vault.requestSecrets();
        if (!audited.contains(request)) {
            vault.audit().append("request.take-up", request, null, PLATFORM);
            audited.add(request);
        }
        if (secrets.find(request, Intake.NAME).isEmpty()) {
            Intake intake = new Intake(
                    List.of(new Intake.Subject(game.value(), subject.playerId().value())),
                    "begun before a backup was put back, and taken up by the platform",
                    null);
            secrets.put(request, Intake.NAME, intake.toBytes());
        }
        vault.gameStreams(subject.gameNumber(), List.of(request));
        Instant now = clock.instant();
        if (known == null) {
            commands.send(new ReceiveRequest(
                    request,
                    RequestKind.ERASURE,
                    List.of(game),
                    RequestClock.of(now, Set.of(ZoneOffset.UTC)),
                    true,
                    PLATFORM,
                    now));
        }
        commands.send(new TakeStep(request, Step.EXECUTE, PLATFORM, now));
        LOG.warn("an erasure that was begun and that no request knew of is taken up: request={}", request);
    }

    /** A player is erased once, so one request is enough; whoever comes back has another pseudonym. */
    static UUID idOf(Subject subject) {
        return UUID.nameUUIDFromBytes(("erasure taken up: " + subject.pseudonym()).getBytes(StandardCharsets.UTF_8));
    }
}
