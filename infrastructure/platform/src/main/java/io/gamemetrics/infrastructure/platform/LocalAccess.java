package io.gamemetrics.infrastructure.platform;

import io.gamemetrics.infrastructure.web.Caller;
import io.gamemetrics.infrastructure.web.LocalTokens;
import io.gamemetrics.infrastructure.web.Role;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tokens for the people of this machine, signed with a secret that stays in the data folder. */
record LocalAccess(String secret) {

    private static final String SECRET_FILE = "local-token-secret";
    private static final Duration VALID = Duration.ofDays(365);
    private static final List<Role> ROLES = List.of(Role.ADMIN, Role.OPERATOR, Role.PRIVACY, Role.ANALYST);

    static LocalAccess of(DataFolder data) {
        @Nullable String kept = data.read(SECRET_FILE);
        if (kept != null) {
            return new LocalAccess(kept);
        }
        String fresh = LocalTokens.newSecret();
        data.writeSecret(SECRET_FILE, fresh);
        return new LocalAccess(fresh);
    }

    /** One token a role, and where they are good for; both files are found there by the command line. */
    void writeCredentials(DataFolder data, PlatformSettings settings) {
        LocalTokens tokens = new LocalTokens(secret);
        String credentials = ROLES.stream()
                .map(role -> role.name().toLowerCase(Locale.ROOT))
                .map(name -> "  \"" + name + "\": \"" + mint(tokens, name) + "\"")
                .collect(Collectors.joining(",\n", "{\n", "\n}\n"));
        data.writeSecret("credentials.json", credentials);
        data.writeSecret("addresses.json", """
                {
                  "commands": "%s",
                  "queries": "%s"
                }
                """.formatted(Welcome.commands(settings), Welcome.queries(settings)));
    }

    /** A token of an administrator of every game, for what the platform itself asks of its services. */
    String adminToken() {
        return mint(new LocalTokens(secret), "admin");
    }

    private static String mint(LocalTokens tokens, String name) {
        return tokens.mint(
                "local-" + name, Map.of(Caller.EVERY_GAME, Set.of(Role.valueOf(name.toUpperCase(Locale.ROOT)))), VALID);
    }

    @Override
    public String toString() {
        return "LocalAccess[…]";
    }
}
