package io.gamemetrics.infrastructure.platform;

import java.util.Locale;

/** What is shown once everything is ready. */
final class Welcome {

    private Welcome() {}

    static String commands(PlatformSettings settings) {
        return "http://127.0.0.1:" + settings.commandPort();
    }

    static String queries(PlatformSettings settings) {
        return "http://127.0.0.1:" + settings.queryPort();
    }

    static String text(PlatformSettings settings, double seconds) {
        return """

                Ready after %s s. Ctrl-C stops it; the data stay in %s

                  Commands   %s
                  GraphQL    %s/graphql, to try it out: %s/graphiql
                  Tokens     %s

                Create a game, then ask about it:

                  curl %s/v1/games -H 'Content-Type: application/json' \\
                    -H "Authorization: Bearer $(sed -n 's/.*"admin": "\\(.*\\)".*/\\1/p' '%s')" \\
                    -d '{"gameId":"chess","name":"Chess"}'
                  ./gamemetrics query -e '{ game(id: "chess") { freshness { position } } }'
                """.formatted(
                        String.format(Locale.ROOT, "%.1f", seconds),
                        settings.data(),
                        commands(settings),
                        queries(settings),
                        queries(settings),
                        settings.data().resolve("credentials.json"),
                        commands(settings),
                        settings.data().resolve("credentials.json"));
    }
}
