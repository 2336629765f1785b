package io.gamemetrics.projections.gamesstore;

import io.gamemetrics.sharedkernel.ids.GameId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A key of a game, without its secret.
 *
 * @param gameNumber the game's dense number
 * @param kind what it opens: {@code INGEST}, {@code READ}, {@code SUBJECT_REQUEST}
 * @param expiresAt absent: it lives until revoked
 * @param revokedAt absent: it was not revoked
 */
public record ApiKey(
        GameId gameId,
        int gameNumber,
        String keyId,
        String kind,
        @Nullable Instant expiresAt,
        @Nullable Instant revokedAt) {

    /** Whether it opens anything at this instant. */
    public boolean isValidAt(Instant now) {
        return revokedAt == null && (expiresAt == null || now.isBefore(expiresAt));
    }
}
