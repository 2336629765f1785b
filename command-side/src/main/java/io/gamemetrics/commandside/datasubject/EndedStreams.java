package io.gamemetrics.commandside.datasubject;

import io.gamemetrics.infrastructure.eventstore.EventStore;
import io.gamemetrics.infrastructure.privacy.PostgresVault;
import io.gamemetrics.infrastructure.privacy.RequestEndings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the events of each request that is over in the vault too, and gives them back to an event store that was put back to
 * before its end: who it was about is known to nobody any more, so nothing could bring it to an end again. Used by one thread.
 */
final class EndedStreams {

    private static final Logger LOG = LoggerFactory.getLogger(EndedStreams.class);
    private static final int PAGE = 200;

    private final RequestEndings endings;
    private final RequestViews views;
    private final EventStore store;
    private final StreamCopies copies;

    EndedStreams(PostgresVault vault, RequestViews views, EventStore store) {
        this.endings = vault.requestEndings();
        this.views = views;
        this.store = store;
        this.copies = new StreamCopies(vault, store);
    }

    /** Keeps a request's events as they are now; before its key is destroyed. */
    void keep(UUID request) {
        List<CopiedEvent> events = stored(request);
        if (!events.isEmpty()) {
            endings.keep(request, events.size(), CopiedEvent.bytes(events));
        }
    }

    /** Brings both to the same for every request that is over; one that can't be is no reason to leave the others. */
    void giveBack() {
        UUID last = null;
        Map<UUID, Integer> page;
        do {
            page = endings.over(last, PAGE);
            Map<UUID, Long> heads = store.headSequences(page.keySet());
            for (Map.Entry<UUID, Integer> kept : page.entrySet()) {
                long here = heads.getOrDefault(kept.getKey(), -1L) + 1;
                try {
                    bringTogether(kept.getKey(), kept.getValue(), here);
                } catch (RuntimeException e) {
                    LOG.warn(
                            "the end of a request could not be compared, and is at the next start: request={} {}",
                            kept.getKey(),
                            e.getClass().getSimpleName());
                }
                last = kept.getKey();
            }
        } while (page.size() == PAGE);
    }

    private void bringTogether(UUID request, int kept, long here) {
        if (here > kept) {
            // One that ended before anybody kept them, or of which something ended since.
            if (isOver(views.find(request).orElse(null))) {
                keep(request);
            }
        } else if (here < kept) {
            boolean isWhole = endings.events(request)
                    .map(CopiedEvent::listOf)
                    .filter(copied -> copies.complete(request, stored(request), copied))
                    .isPresent();
            if (!isWhole) {
                LOG.error(
                        "a request is over, and the event store has others of its events: it stays as it is: request={}",
                        request);
            }
        }
    }

    private List<CopiedEvent> stored(UUID request) {
        List<CopiedEvent> events = new ArrayList<>();
        store.readStreams(Map.of(request, 0L))
                .getOrDefault(request, List.of())
                .forEach(event -> events.add(CopiedEvent.of(event)));
        return events;
    }

    static boolean isOver(@Nullable RequestState state) {
        return switch (state) {
            case RequestState.Refused _, RequestState.Completed _, RequestState.Ended _ -> true;
            case RequestState.Open _, RequestState.Executing _, RequestState.Exporting _ -> false;
            case null -> false;
        };
    }
}
