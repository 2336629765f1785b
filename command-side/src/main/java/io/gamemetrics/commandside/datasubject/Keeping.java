package io.gamemetrics.commandside.datasubject;

import io.gamemetrics.commandside.datasubject.RequestCommand.RecordKept;
import io.gamemetrics.infrastructure.erasures.ErasureOrder;
import io.gamemetrics.infrastructure.eventstore.EventCodec;
import io.gamemetrics.infrastructure.eventstore.EventCodec.Decoded;
import io.gamemetrics.infrastructure.eventstore.EventStore;
import io.gamemetrics.infrastructure.eventstore.StoredEvent;
import io.gamemetrics.infrastructure.privacy.KeptRecords;
import io.gamemetrics.infrastructure.privacy.KeptRecords.Kept;
import io.gamemetrics.infrastructure.privacy.PostgresVault;
import io.gamemetrics.infrastructure.privacy.Vault.Subject;
import io.gamemetrics.sharedkernel.datasubject.KeptKind;
import io.gamemetrics.sharedkernel.player.PlayerEvent;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Copies what a request keeps of a person who is about to be erased, while their keys are there: they are frozen, so nothing
 * is missed. Whoever does it again, or late, changes nothing. Used by one thread.
 */
final class Keeping {

    private static final int PAGE = 1_000;

    private final PostgresVault vault;
    private final KeptRecords kept;
    private final EventStore store;
    private final EventCodec codec;
    private final RequestCommands commands;
    private final Clock clock;

    Keeping(PostgresVault vault, EventStore store, EventCodec codec, RequestCommands commands, Clock clock) {
        this.vault = vault;
        this.kept = vault.keptRecords();
        this.store = store;
        this.codec = codec;
        this.commands = commands;
        this.clock = clock;
    }

    /** Keeps it, and has the request say so. A kind whose day is over by now is not kept; one of no records neither. */
    void keep(ErasureOrder order, List<Keep> asked) {
        for (Keep keep : asked) {
            if (keep.end().isAfter(clock.instant())) {
                keep(order, keep);
            }
        }
        tell(order.request(), order.subject());
    }

    /** Has the request say what is kept of a subject, where whoever kept it died before. */
    void tell(UUID request, int subject) {
        for (Kept each : kept.of(request)) {
            if (each.subject() == subject) {
                commands.send(new RecordKept(
                        request,
                        subject,
                        KeptKind.valueOf(each.kind()),
                        each.records(),
                        each.until(),
                        each.endsAt(),
                        clock.instant()));
            }
        }
    }

    private void keep(ErasureOrder order, Keep keep) {
        List<Subject> members =
                new ArrayList<>(vault.subjectsOf(order.streams()).values());
        KeptPieces pieces = new KeptPieces();
        for (Subject member : members) {
            copy(member, keep.keptKind(), pieces);
        }
        if (pieces.records() > 0) {
            kept.keep(
                    new Kept(
                            order.request(),
                            order.subject(),
                            keep.kind(),
                            order.tenant(),
                            pieces.records(),
                            keep.lastDay(),
                            keep.end(),
                            false),
                    members.stream().map(Subject::playerId).toList(),
                    keep.ground(),
                    pieces.all());
        }
    }

    private void copy(Subject member, KeptKind kind, KeptPieces pieces) {
        UUID stream = member.pseudonym().value();
        List<StoredEvent> page = store.readStream(stream, 0, PAGE);
        while (!page.isEmpty()) {
            for (Decoded decoded : codec.decode(page)) {
                if (decoded instanceof Decoded.Event event && event.payload() instanceof PlayerEvent happened) {
                    KeptEvents.record(kind, member.playerId(), happened).ifPresent(pieces::add);
                }
            }
            page = store.readStream(stream, page.getLast().sequence() + 1, PAGE);
        }
    }
}
