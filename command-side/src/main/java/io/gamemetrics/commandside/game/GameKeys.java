package io.gamemetrics.commandside.game;

import io.gamemetrics.infrastructure.web.ApiKeyIdentity;
import io.gamemetrics.infrastructure.web.ApiKeys;
import io.gamemetrics.infrastructure.web.KeyHash;
import io.gamemetrics.infrastructure.web.Role;
import io.gamemetrics.sharedkernel.game.GameEvent.KeyIssued;
import io.gamemetrics.sharedkernel.game.KeyKind;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/**
 * Makes games' keys and knows them again. Safe for concurrent use.
 */
public final class GameKeys implements ApiKeys {

    /** Between the game's number and the random part of a key's id. */
    private static final char SEPARATOR = 'x';

    private static final int SECRET_BYTES = 32;
    private static final long ID_BOUND = 1L << 48;

    private final GameViews games;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final KeyUses uses;

    public GameKeys(GameViews games, KeyUses uses, Clock clock) {
        this.games = games;
        this.uses = uses;
        this.clock = clock;
    }

    /** A key that nobody knows yet. Its secret is shown once and not kept. */
    record NewKey(String keyId, String secret) {

        @Override
        public String toString() {
            return "NewKey[keyId=" + keyId + "]";
        }
    }

    NewKey make(int gameNumber, KeyKind kind) {
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        String keyId = gameNumber + String.valueOf(SEPARATOR) + Long.toString(random.nextLong(ID_BOUND), 36);
        String text = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        return new NewKey(keyId, PREFIX + kind.name().toLowerCase(Locale.ROOT) + "_" + keyId + "_" + text);
    }

    @Override
    public Optional<ApiKeyIdentity> find(String token) {
        return KeyHash.keyId(token).flatMap(keyId -> gameOf(keyId).flatMap(game -> identity(game, keyId, token)));
    }

    private Optional<GameView> gameOf(String keyId) {
        int separator = keyId.indexOf(SEPARATOR);
        // Nine digits are more games than there will ever be, and never too many for an int.
        if (separator < 1 || separator > 9 || !keyId.chars().limit(separator).allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.empty();
        }
        return games.findByNumber(Integer.parseInt(keyId.substring(0, separator)));
    }

    private Optional<ApiKeyIdentity> identity(GameView game, String keyId, String token) {
        KeyIssued key = game.state().keys().get(keyId);
        Instant now = clock.instant();
        if (key == null
                || !KeyHash.matches(token, key.secretHash())
                || (key.expiresAt() != null && !key.expiresAt().isAfter(now))) {
            return Optional.empty();
        }
        uses.used(game.number(), keyId, now);
        return Optional.of(new ApiKeyIdentity(game.gameId(), keyId, roleOf(key.kind())));
    }

    private static Role roleOf(KeyKind kind) {
        return switch (kind) {
            case INGEST -> Role.INGEST;
            case READ -> Role.READ;
            case SUBJECT_REQUEST -> Role.SUBJECT_REQUEST;
        };
    }
}
