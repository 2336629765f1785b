package io.gamemetrics.commandside.replay;

import io.gamemetrics.infrastructure.replays.Occasion;
import io.gamemetrics.infrastructure.replays.Offer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A replay that is offered.
 *
 * @param reason {@code LEADERBOARD_RULE}, {@code TIME_ZONE} or {@code HANDLERS}; there may be more
 * @param game what it is about; absent: all
 * @param board absent: none, or all of the game
 * @param since when there was reason for it first
 * @param version of the read model that is meant
 * @param detail a sentence or two
 */
record OfferDocument(
        String offerId,
        String projection,
        String reason,
        @Nullable String game,
        @Nullable String board,
        Instant since,
        int version,
        String detail) {

    static OfferDocument of(Offer offer) {
        Occasion occasion = offer.occasion();
        return new OfferDocument(
                offer.id().toString(),
                offer.projection(),
                occasion.reason().name(),
                occasion.game(),
                occasion.board(),
                offer.since(),
                offer.version(),
                occasion.detail());
    }
}
