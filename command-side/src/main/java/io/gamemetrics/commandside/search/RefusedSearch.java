package io.gamemetrics.commandside.search;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gamemetrics.commandside.ingestion.Refused;
import io.gamemetrics.commandside.ingestion.RejectedLog;
import io.gamemetrics.infrastructure.eventstore.RejectedEvents.Entry;
import io.gamemetrics.infrastructure.eventstore.RejectedEvents.Place;
import io.gamemetrics.infrastructure.eventstore.RejectedEventsQuery;
import io.gamemetrics.infrastructure.privacy.Vault;
import io.gamemetrics.infrastructure.readstore.Needles;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** All refused events of all games, those that expired and are still there too: as stored, and opened. */
final class RefusedSearch implements SearchedStore {

    private static final int PAGE = 500;
    private static final long PAGE_BYTES = 8L * 1024 * 1024;

    private final RejectedLog log;
    private final Vault vault;

    RefusedSearch(RejectedLog log, Vault vault) {
        this.log = log;
        this.vault = vault;
    }

    @Override
    public String name() {
        return "refused-events";
    }

    @Override
    public void search(Needles needles, Places found) {
        // Games' numbers have no gaps.
        for (int game = 1; vault.gameOf(game).isPresent(); game++) {
            search(RejectedEventsQuery.all(game, Instant.EPOCH), found);
        }
    }

    private void search(RejectedEventsQuery query, Places found) {
        Place after = null;
        List<Entry> page = log.entries().oldestFirst(query, after, PAGE, PAGE_BYTES);
        while (!page.isEmpty()) {
            for (Entry entry : page) {
                look(entry, found);
                after = entry.place();
            }
            page = log.entries().oldestFirst(query, after, PAGE, PAGE_BYTES);
        }
    }

    private void look(Entry entry, Places found) {
        found.look("code", entry.event().code().getBytes(UTF_8));
        found.look("sealed", entry.event().sealed());
        Optional<Refused> opened = log.open(entry);
        if (opened.isPresent()) {
            Refused refused = opened.get();
            found.look("sent", refused.sent().getBytes(UTF_8));
            found.look("message", (refused.pointer() + ' ' + refused.message()).getBytes(UTF_8));
            if (refused.patched() != null) {
                found.look("patched", refused.patched().getBytes(UTF_8));
            }
        }
    }
}
