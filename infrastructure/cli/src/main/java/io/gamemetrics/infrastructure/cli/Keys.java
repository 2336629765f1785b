package io.gamemetrics.infrastructure.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "keys", description = "A game's keys.", mixinStandardHelpOptions = true)
final class Keys {

    private static final List<String> COLUMNS =
            List.of("keyId", "kind", "label", "createdAt", "lastUsedAt", "expiresAt", "revokedAt");

    @Command(name = "create", description = "Issues a key and shows its secret, once.", mixinStandardHelpOptions = true)
    int create(
            @Mixin Surroundings surroundings,
            @Parameters(paramLabel = "GAME") String gameId,
            @Option(
                            names = "--kind",
                            defaultValue = "INGEST",
                            description = "INGEST, READ or SUBJECT_REQUEST (default: INGEST).")
                    String kind,
            @Option(names = "--label", description = "What it is for.") @Nullable String label,
            @Option(names = "--expires-at", description = "When it ends, such as 2027-01-01T00:00:00Z.") @Nullable
                    String expiresAt) {
        Map<String, Object> key = new LinkedHashMap<>();
        key.put("kind", kind);
        Games.putIfGiven(key, "label", label);
        Games.putIfGiven(key, "expiresAt", expiresAt);
        JsonNode issued = surroundings.commands().ask("POST", path(gameId), key);
        if (surroundings.json) {
            Show.json(surroundings.terminal().out(), issued);
        } else {
            surroundings
                    .terminal()
                    .out()
                    .println("Issued " + issued.path("keyId").asText() + ". Its secret, shown only now:");
            surroundings.terminal().out().println(issued.path("secret").asText());
        }
        return Exit.DONE.code;
    }

    @Command(name = "list", description = "The game's keys, without their secrets.", mixinStandardHelpOptions = true)
    int list(@Mixin Surroundings surroundings, @Parameters(paramLabel = "GAME") String gameId) {
        JsonNode keys = surroundings.commands().ask("GET", path(gameId), null);
        if (surroundings.json) {
            Show.json(surroundings.terminal().out(), keys);
        } else {
            Show.table(surroundings.terminal().out(), keys.isArray() ? keys : keys.path("keys"), COLUMNS);
        }
        return Exit.DONE.code;
    }

    @Command(
            name = "revoke",
            description = "Ends a key: from then on it opens nothing.",
            mixinStandardHelpOptions = true)
    int revoke(
            @Mixin Surroundings surroundings,
            @Parameters(paramLabel = "GAME") String gameId,
            @Parameters(paramLabel = "KEY", description = "The key's id.") String keyId) {
        surroundings.commands().ask("DELETE", path(gameId) + "/" + Names.inPath(keyId), null);
        if (surroundings.json) {
            Show.json(
                    surroundings.terminal().out(),
                    Surroundings.JSON.createObjectNode().put("revoked", keyId));
        } else {
            surroundings.terminal().out().println("Revoked " + keyId + ".");
        }
        return Exit.DONE.code;
    }

    static String path(String gameId) {
        return "/v1/games/" + Names.inPath(gameId) + "/keys";
    }
}
