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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies what a request keeps of a person who is about to be erased, while their keys are there: they are frozen, so nothing
 * is missed. All of it or nothing: the keys are destroyed next, so an event that this build can't read stops it, and whoever
 * can read it does it later. Whoever does it again, or late, changes nothing. Used by one thread.
 */
final class Keeping {

    private static final Logger LOG = LoggerFactory.getLogger(Keeping.class);
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

    /**
     * Keeps it, and has the request say so. A kind whose day is over by now is not kept; one of no records neither.
     *
     * @throws IllegalStateException when one of the person's events can't be read: nobody may be ended then
     */
    void keep(ErasureOrder order, List<Keep> asked) {
        for (Keep keep : asked) {
            if (keep.end().isAfter(clock.instant()) && !isKept(order, keep)) {
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

    /** The first copy stays; when it is there, the keys may be gone. */
    private boolean isKept(ErasureOrder order, Keep keep) {
        return kept.of(order.request()).stream()
                .anyMatch(
                        each -> each.subject() == order.subject() && each.kind().equals(keep.kind()));
    }

    private void keep(ErasureOrder order, Keep keep) {
        List<Subject> members =
                new ArrayList<>(vault.subjectsOf(order.streams()).values());
        KeptPieces pieces = new KeptPieces();
        for (Subject member : members) {
            copy(order, member, keep.keptKind(), pieces);
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

    private void copy(ErasureOrder order, Subject member, KeptKind kind, KeptPieces pieces) {
        UUID stream = member.pseudonym().value();
        List<StoredEvent> page = store.readStream(stream, 0, PAGE);
        while (!page.isEmpty()) {
            List<Decoded> decoded = codec.decode(page);
            for (int i = 0; i < page.size(); i++) {
                switch (decoded.get(i)) {
                    case Decoded.Event event -> {
                        if (event.payload() instanceof PlayerEvent happened) {
                            KeptEvents.record(kind, member.playerId(), happened).ifPresent(pieces::add);
                        }
                    }
                    case Decoded.Erased _ -> throw unread(order, page.get(i), "its key is destroyed");
                    case Decoded.UnknownType unknown ->
                        throw unread(order, page.get(i), "unknown type " + unknown.type() + "." + unknown.revision());
                    case Decoded.Unreadable unreadable -> throw unread(order, page.get(i), unreadable.cause());
                }
            }
            page = store.readStream(stream, page.getLast().sequence() + 1, PAGE);
        }
    }

    private static IllegalStateException unread(ErasureOrder order, StoredEvent event, String cause) {
        LOG.error(
                "an event of somebody of whom something is to be kept can't be read, so they are not erased:"
                        + " request={} subject={} sequence={} cause={}",
                order.request(),
                order.subject(),
                event.sequence(),
                cause);
        return new IllegalStateException("what is kept of a person must be read whole: " + cause);
    }
}
