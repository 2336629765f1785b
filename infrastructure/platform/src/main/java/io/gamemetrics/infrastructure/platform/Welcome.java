package io.gamemetrics.infrastructure.platform;

import io.gamemetrics.infrastructure.demo.DemoSample;
import java.time.LocalDate;
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

    /** What to do first where nothing is there yet; {@code COMMANDS} and {@code TOKENS} stand for what is known later. */
    static final String CREATE_A_GAME = """
            Create a game, then ask about it:

              curl COMMANDS/v1/games -H 'Content-Type: application/json' \\
                -H "Authorization: Bearer $(sed -n 's/.*"admin": "\\(.*\\)".*/\\1/p' 'TOKENS')" \\
                -d '{"gameId":"chess","name":"Chess"}'
              ./gamemetrics query -e '{ game(id: "chess") { freshness { position } } }'
            """;

    static String lookAtTheDemo(int accepted, int there, LocalDate today) {
        return String.format(
                Locale.ROOT,
                """
            Game demo holds 8 weeks of a small game's players, made up from seed %d: %,d events came in now, %,d were there.

              curl QUERIES/graphql -H 'Content-Type: application/json' \\
                -H "Authorization: Bearer $(sed -n 's/.*"analyst": "\\(.*\\)".*/\\1/p' 'TOKENS')" \\
                -d '{"query":"{ game(id: \\"demo\\") { activePlayers(day: \\"%s\\") { dau wau mau stickiness } } }"}'
              ./gamemetrics query -e '{ game(id: "demo") { dailyMetrics(from: "%s", to: "%s") {
                day dau newPlayers sessions purchases revenue { totalMicros } } } }'
            """,
                DemoSample.SEED,
                accepted,
                there,
                today.minusDays(1),
                today.minusDays(7),
                today.minusDays(1));
    }

    /** @param first what to do first */
    static String text(PlatformSettings settings, double seconds, String first) {
        return """

                Ready after %s s. Ctrl-C stops it; the data stay in %s

                  Commands   %s
                  GraphQL    %s/graphql, to try it out: %s/graphiql
                  Tokens     %s

                %s""".formatted(
                        String.format(Locale.ROOT, "%.1f", seconds),
                        settings.data(),
                        commands(settings),
                        queries(settings),
                        queries(settings),
                        tokens(settings),
                        first.replace("COMMANDS", commands(settings))
                                .replace("QUERIES", queries(settings))
                                .replace("TOKENS", tokens(settings)));
    }

    private static String tokens(PlatformSettings settings) {
        return settings.data().resolve("credentials.json").toString();
    }
}
