package io.gamemetrics.infrastructure.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A key to send a game's events with: the one that was given, or one issued for this command alone and revoked at its
 * end.
 */
final class IngestKey implements AutoCloseable {

    private static final String PREFIX = "gmk_";

    private final Api platform;
    private final String gameId;
    private final String secret;
    private final @Nullable String borrowed;

    private IngestKey(Api platform, String gameId, String secret, @Nullable String borrowed) {
        this.platform = platform;
        this.gameId = gameId;
        this.secret = secret;
        this.borrowed = borrowed;
    }

    static IngestKey of(Surroundings surroundings, String gameId, @Nullable String given) {
        String token = given != null ? given : surroundings.token();
        if (token.startsWith(PREFIX)) {
            return new IngestKey(surroundings.commands(), gameId, token, null);
        }
        Api platform = surroundings.commands();
        JsonNode issued =
                platform.ask("POST", Keys.path(gameId), Map.of("kind", "INGEST", "label", "gamemetrics command line"));
        return new IngestKey(
                platform,
                gameId,
                issued.path("secret").asText(),
                issued.path("keyId").asText());
    }

    String secret() {
        return secret;
    }

    @Override
    public void close() {
        if (borrowed != null) {
            platform.ask("DELETE", Keys.path(gameId) + "/" + Names.inPath(borrowed), null);
        }
    }
}
