package io.gamemetrics.queryside.wiring;

import io.gamemetrics.infrastructure.web.ApiKeyIdentity;
import io.gamemetrics.infrastructure.web.ApiKeys;
import io.gamemetrics.infrastructure.web.KeyHash;
import io.gamemetrics.infrastructure.web.Refusal;
import io.gamemetrics.infrastructure.web.RequestProblem;
import io.gamemetrics.infrastructure.web.Role;
import io.gamemetrics.projections.gamesstore.ApiKey;
import io.gamemetrics.projections.gamesstore.GamesReader;
import io.gamemetrics.projections.gamesstore.GamesStoreException;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;

/**
 * Games' keys, asked of the store on every request, so that a revoked key stops as soon as the store knows. Found by the
 * hash of a random secret, whose timing tells nothing about other secrets.
 */
final class KeysOfGames implements ApiKeys {

    private final GamesReader games;
    private final Clock clock;

    KeysOfGames(GamesReader games, Clock clock) {
        this.games = games;
        this.clock = clock;
    }

    @Override
    public Optional<ApiKeyIdentity> find(String token) {
        try {
            return games.keyByHash(KeyHash.of(token))
                    .filter(key -> key.isValidAt(clock.instant()))
                    .flatMap(KeysOfGames::identity);
        } catch (GamesStoreException e) {
            throw new Refusal(RequestProblem.UNAVAILABLE);
        }
    }

    /** A kind that is no role opens nothing here. */
    private static Optional<ApiKeyIdentity> identity(ApiKey key) {
        return Role.ofClaim(key.kind().toLowerCase(Locale.ROOT))
                .map(role -> new ApiKeyIdentity(key.gameId(), key.keyId(), role));
    }
}
