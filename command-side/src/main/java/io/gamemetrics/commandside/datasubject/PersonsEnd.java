package io.gamemetrics.commandside.datasubject;

import io.gamemetrics.infrastructure.erasures.ErasureOrder;
import io.gamemetrics.infrastructure.eventstore.EventCodec;
import io.gamemetrics.infrastructure.eventstore.EventCodec.Decoded;
import io.gamemetrics.infrastructure.eventstore.EventCodec.Encoded;
import io.gamemetrics.infrastructure.eventstore.EventCodec.NewEvent;
import io.gamemetrics.infrastructure.eventstore.EventGroup;
import io.gamemetrics.infrastructure.eventstore.EventStore;
import io.gamemetrics.infrastructure.eventstore.StaleStreamException;
import io.gamemetrics.infrastructure.privacy.Vault;
import io.gamemetrics.sharedkernel.erasure.ErasureEvent.ErasedContribution;
import io.gamemetrics.sharedkernel.erasure.Remainder;
import io.gamemetrics.sharedkernel.ids.GameId;
import io.gamemetrics.sharedkernel.ids.Position;
import io.gamemetrics.sharedkernel.player.PlayerEvent.Erased;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Appends the last events of a person's streams, and beside them what stays of the person in sums: all in one group, so that
 * nobody ever sees the one without the other, and nothing is counted twice or not at all. Safe for concurrent use, also by
 * several processes: the second finds the first one's.
 */
final class PersonsEnd {

    private static final int MAX_ATTEMPTS = 20;

    private final Vault vault;
    private final EventStore store;
    private final EventCodec codec;

    PersonsEnd(Vault vault, EventStore store, EventCodec codec) {
        this.vault = vault;
        this.store = store;
        this.codec = codec;
    }

    /**
     * Ends the streams, unless that was done.
     *
     * @param remainder what stays; {@link Remainder#NONE} when nothing does
     * @return all of it is at or before this position
     */
    Position end(ErasureOrder order, GameId game, Remainder remainder, Instant at) {
        for (int attempt = 1; ; attempt++) {
            Map<UUID, Long> heads = store.headSequences(order.streams());
            if (isEnded(order, heads)) {
                return store.position();
            }
            List<NewEvent> events = new ArrayList<>();
            for (UUID stream : order.streams()) {
                events.add(new NewEvent(stream, heads.getOrDefault(stream, -1L) + 1, new Erased(at)));
            }
            if (!remainder.equals(Remainder.NONE)) {
                // Nobody's but the game's: its name leads to no one.
                UUID stays = UUID.randomUUID();
                vault.gameStreams(order.tenant(), List.of(stays));
                for (Remainder part : remainder.parts()) {
                    events.add(new NewEvent(
                            stays, events.size() - order.streams().size(), new ErasedContribution(game, part, at)));
                }
            }
            try {
                return store.append(EventGroup.of(rows(events))).last();
            } catch (StaleStreamException e) {
                // Another process was faster, or something was still on its way: the next look tells which.
                if (attempt == MAX_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private List<EventGroup.Row> rows(List<NewEvent> events) {
        List<Encoded> encoded = codec.encode(events);
        List<EventGroup.Row> rows = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            rows.add(new EventGroup.Row(events.get(i).stream(), events.get(i).sequence(), encoded.get(i)));
        }
        return rows;
    }

    private boolean isEnded(ErasureOrder order, Map<UUID, Long> heads) {
        UUID first = order.streams().getFirst();
        Long head = heads.get(first);
        return head != null
                && codec.decode(store.readStream(first, head, 1)).stream()
                        .anyMatch(
                                decoded -> decoded instanceof Decoded.Event event && event.payload() instanceof Erased);
    }
}
