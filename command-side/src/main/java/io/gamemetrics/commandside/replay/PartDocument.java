package io.gamemetrics.commandside.replay;

import io.gamemetrics.infrastructure.eventcatalog.EventCatalog;
import io.gamemetrics.infrastructure.eventcatalog.EventType;
import io.gamemetrics.infrastructure.privacy.Vault;
import io.gamemetrics.infrastructure.replays.ReplayPart;
import io.gamemetrics.sharedkernel.ids.GameId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How much of a read model is rebuilt, as operators see it.
 *
 * @param games ids of the games that are rebuilt; empty: all, or not found by {@code from} and {@code to} yet
 * @param types names of the event types that are handled, to compare; empty: all
 */
record PartDocument(
        List<String> games,
        @Nullable Instant from,
        @Nullable Instant to,
        List<String> types) {

    /** Absent for the whole read model. */
    static @Nullable PartDocument of(ReplayPart part, Vault vault, EventCatalog catalog) {
        if (!part.takesOver() && !part.isOnlyCompared()) {
            return null;
        }
        return new PartDocument(
                part.games().stream()
                        .map(vault::gameOf)
                        .flatMap(Optional::stream)
                        .map(GameId::value)
                        .sorted()
                        .toList(),
                part.storedFrom(),
                part.storedTo(),
                part.types().stream()
                        .map(catalog::byNumber)
                        .flatMap(Optional::stream)
                        .map(EventType::name)
                        .sorted()
                        .toList());
    }
}
