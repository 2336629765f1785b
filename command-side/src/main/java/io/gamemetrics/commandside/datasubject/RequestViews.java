package io.gamemetrics.commandside.datasubject;

import io.gamemetrics.infrastructure.eventstore.EventCodec;
import io.gamemetrics.infrastructure.eventstore.EventCodec.Decoded;
import io.gamemetrics.infrastructure.eventstore.EventStore;
import io.gamemetrics.infrastructure.eventstore.StoredEvent;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Requests folded from their own streams, each time anew. Safe for concurrent use. */
public final class RequestViews {

    private static final Logger LOG = LoggerFactory.getLogger(RequestViews.class);

    private final EventStore store;
    private final EventCodec codec;

    public RequestViews(EventStore store, EventCodec codec) {
        this.store = store;
        this.codec = codec;
    }

    /** The request as its stream says now; empty when there is none. */
    Optional<RequestState> find(UUID request) {
        return Optional.ofNullable(find(List.of(request)).get(request));
    }

    /** Those of the requests that there are. */
    Map<UUID, RequestState> find(Collection<UUID> requests) {
        Map<UUID, RequestState> found = new HashMap<>();
        counted(requests).forEach((request, counted) -> found.put(request, counted.state()));
        return found;
    }

    /** @param events how many this was folded from */
    record Counted(RequestState state, int events) {}

    /** The same, each with the number of its events. */
    Map<UUID, Counted> counted(Collection<UUID> requests) {
        Map<UUID, Long> fromTheBeginning = new HashMap<>();
        requests.forEach(request -> fromTheBeginning.put(request, 0L));
        Map<UUID, Counted> found = new HashMap<>();
        store.readStreams(fromTheBeginning).forEach((request, events) -> {
            RequestState state = folded(events);
            if (state != null) {
                found.put(request, new Counted(state, events.size()));
            }
        });
        return found;
    }

    private @Nullable RequestState folded(List<StoredEvent> events) {
        RequestState state = null;
        for (Decoded decoded : codec.decode(events)) {
            // An id that is somebody else's stream is nobody's request.
            if (!(decoded instanceof Decoded.Event event) || !(event.payload() instanceof RequestEvent happened)) {
                return null;
            }
            try {
                state = RequestState.evolve(state, happened);
            } catch (IllegalStateException e) {
                // The others of a page are none the worse for it.
                LOG.error("a request's events are not in the order they can happen: request={}", happened.requestId());
                return null;
            }
        }
        return state;
    }
}
