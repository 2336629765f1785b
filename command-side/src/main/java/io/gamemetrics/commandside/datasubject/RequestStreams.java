package io.gamemetrics.commandside.datasubject;

import io.gamemetrics.commandside.datasubject.RequestState.Completed;
import io.gamemetrics.commandside.datasubject.RequestState.Ended;
import io.gamemetrics.commandside.datasubject.RequestState.Executing;
import io.gamemetrics.commandside.datasubject.RequestState.Exporting;
import io.gamemetrics.commandside.datasubject.RequestState.Open;
import io.gamemetrics.commandside.datasubject.RequestState.Refused;
import io.gamemetrics.infrastructure.eventstore.EventCodec;
import io.gamemetrics.infrastructure.eventstore.EventCodec.Decoded;
import io.gamemetrics.infrastructure.eventstore.EventStore;
import io.gamemetrics.infrastructure.eventstore.StoredEvent;
import io.gamemetrics.infrastructure.privacy.PostgresVault;
import io.gamemetrics.infrastructure.privacy.RequestSecrets;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.ExecutionOrdered;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what people decided about each request that is not over, its events up to its execution, in the vault too; and gives
 * the event store back what it lacks of them: it was put back to before the request was made, or to before its last steps. So
 * the same request goes on, under its own id, by its own day, on hold when it was. Used by one thread.
 */
final class RequestStreams {

    private static final Logger LOG = LoggerFactory.getLogger(RequestStreams.class);
    private static final int PAGE = 200;

    /** So many events people make of a request at most; what comes after them is not given back. */
    private static final int MOST_EVENTS = 100;

    private final RequestSecrets secrets;
    private final RequestViews views;
    private final EventStore store;
    private final EventCodec codec;
    private final StreamCopies copies;

    /** What people had decided when it was last kept by this process. */
    private final Map<UUID, Object> kept = new HashMap<>();

    RequestStreams(PostgresVault vault, RequestViews views, EventStore store, EventCodec codec) {
        this.secrets = vault.requestSecrets();
        this.copies = new StreamCopies(vault, store);
        this.views = views;
        this.store = store;
        this.codec = codec;
    }

    /** Brings both to the same for every request that is not over; one that can't be is looked at again with its turn. */
    void giveBack() {
        UUID last = null;
        List<UUID> page;
        do {
            page = secrets.requests(true, last, PAGE);
            Map<UUID, RequestState> found = views.find(page);
            for (UUID request : page) {
                try {
                    giveBack(request, found.get(request));
                } catch (RuntimeException e) {
                    LOG.warn(
                            "a request's events could not be compared, and are again: request={} {}",
                            request,
                            e.getClass().getSimpleName());
                }
                last = request;
            }
        } while (page.size() == PAGE);
    }

    /**
     * Brings both to the same, where they are not.
     *
     * @param state as the event store has it; absent: it has none
     * @return whether the store was given something back, so that the state is another one now
     */
    boolean giveBack(UUID request, @Nullable RequestState state) {
        Object decided = decided(state);
        if (state instanceof Completed || state instanceof Ended) {
            kept.remove(request);
            return false;
        }
        if (decided != null && decided.equals(kept.get(request))) {
            return false;
        }
        // First: what another process keeps meanwhile is then in the store too.
        List<CopiedEvent> copied = secrets.find(request, RequestSecrets.STREAM)
                .map(CopiedEvent::listOf)
                .orElse(List.of());
        List<StoredEvent> stored = store.readStream(request, 0, MOST_EVENTS);
        if (state == null && !stored.isEmpty()) {
            return false; // can't be read
        }
        List<CopiedEvent> here = stored.stream().map(CopiedEvent::of).toList();
        if (copies.complete(request, here, copied)) {
            return true;
        }
        if (decided != null) {
            secrets.put(request, RequestSecrets.STREAM, CopiedEvent.bytes(here.subList(0, ofPeople(stored))));
            kept.put(request, decided);
        }
        return false;
    }

    /** What changes as often as somebody decides something, and not with every subject that is done. */
    private static @Nullable Object decided(@Nullable RequestState state) {
        return switch (state) {
            case Open open -> open;
            case Refused refused -> refused;
            case Executing executing -> executing.orderedAt();
            case Exporting exporting -> exporting.orderedAt();
            case Completed completed -> completed;
            case Ended ended -> ended;
            case null -> null;
        };
    }

    /** How many come from people: those up to the order to execute. */
    private int ofPeople(List<StoredEvent> events) {
        List<Decoded> decoded = codec.decode(events);
        for (int i = 0; i < decoded.size(); i++) {
            if (decoded.get(i) instanceof Decoded.Event event && event.payload() instanceof ExecutionOrdered) {
                return i + 1;
            }
        }
        return decoded.size();
    }
}
