package io.gamemetrics.infrastructure.privacy;

import java.time.Instant;
import java.util.List;

/**
 * How far a request of data subjects is, and when it is due.
 *
 * @param type what is asked for, a stable word
 * @param phase a stable word
 * @param games of its subjects, each once
 * @param subjects how many it is about
 */
public record RequestStanding(
        String type,
        String phase,
        List<String> games,
        int subjects,
        Instant receivedAt,
        Instant dueAt,
        boolean extended) {

    public RequestStanding {
        games = List.copyOf(games);
    }
}
