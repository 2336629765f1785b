package io.gamemetrics.commandside.datasubject;

import io.gamemetrics.infrastructure.eventstore.EventGroup;
import io.gamemetrics.infrastructure.eventstore.EventStore;
import io.gamemetrics.infrastructure.privacy.AuditChain;
import io.gamemetrics.infrastructure.privacy.PostgresVault;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives the event store back what it lacks of a request that was copied; the audit says so before. Safe for concurrent use. */
final class StreamCopies {

    private static final Logger LOG = LoggerFactory.getLogger(StreamCopies.class);
    private static final String PLATFORM = "platform";

    private final AuditChain audit;
    private final EventStore store;

    StreamCopies(PostgresVault vault, EventStore store) {
        this.audit = vault.audit();
        this.store = store;
    }

    /**
     * Appends the rest, where what is there is the beginning of the copy.
     *
     * @param here all the store has of the request
     * @return whether something was appended
     */
    boolean complete(UUID request, List<CopiedEvent> here, List<CopiedEvent> copied) {
        if (here.size() >= copied.size() || !copied.subList(0, here.size()).equals(here)) {
            return false;
        }
        audit.append("request.give-back", request, null, PLATFORM);
        List<EventGroup.Row> rows = new ArrayList<>();
        for (CopiedEvent event : copied.subList(here.size(), copied.size())) {
            rows.add(new EventGroup.Row(request, here.size() + rows.size(), event.encoded()));
        }
        store.append(EventGroup.of(rows));
        LOG.warn(
                "the event store lacked events of a request, and has them again: request={} events={}",
                request,
                rows.size());
        return true;
    }
}
