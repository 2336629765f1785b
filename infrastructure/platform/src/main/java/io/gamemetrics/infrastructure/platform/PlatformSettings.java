package io.gamemetrics.infrastructure.platform;

import io.gamemetrics.infrastructure.embeddedservers.CannotStartException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the environment says about this platform. Every server of one's own replaces its embedded one alone.
 *
 * @param data where everything is kept
 * @param keys the vault's key directory: never inside {@code data}
 * @param leastFreeMebibytes with less room on the disk it does not start
 * @param demo whether it is filled with a game to look at
 */
record PlatformSettings(
        Path data,
        Path keys,
        int commandPort,
        int queryPort,
        long leastFreeMebibytes,
        boolean demo,
        Optional<Server> postgres,
        Optional<Server> vault,
        Optional<Server> timescale,
        Optional<String> redisUrl,
        Optional<String> kafkaBootstrapServers) {

    /** A database of one's own. */
    record Server(String url, String user, String password) {
        @Override
        public String toString() {
            return "Server[" + url + "]";
        }
    }

    static PlatformSettings of(Map<String, String> environment) {
        Path data = Path.of(text(environment, "GAMEMETRICS_DATA").orElse(".gamemetrics"))
                .toAbsolutePath()
                .normalize();
        Path keys = text(environment, "GAMEMETRICS_KEY_DIR")
                .map(Path::of)
                .orElseGet(() -> data.resolveSibling(data.getFileName() + "-keys"))
                .toAbsolutePath()
                .normalize();
        if (keys.startsWith(data)) {
            throw new CannotStartException("The key directory " + keys + " lies inside the data folder " + data
                    + ", and whoever copied the data would have the keys: set GAMEMETRICS_KEY_DIR to another place.");
        }
        return new PlatformSettings(
                data,
                keys,
                number(environment, "GAMEMETRICS_COMMAND_PORT", 8080, 65_535),
                number(environment, "GAMEMETRICS_QUERY_PORT", 8081, 65_535),
                number(environment, "GAMEMETRICS_LEAST_FREE_MIB", 512, Integer.MAX_VALUE),
                yes(environment, "GAMEMETRICS_DEMO"),
                server(environment, "GAMEMETRICS_POSTGRES"),
                server(environment, "GAMEMETRICS_VAULT"),
                server(environment, "GAMEMETRICS_TIMESCALE"),
                text(environment, "GAMEMETRICS_REDIS_URL"),
                text(environment, "GAMEMETRICS_KAFKA_BOOTSTRAP_SERVERS"));
    }

    /** Whether any database is left to the embedded PostgreSQL. A vault beside one's own event store lives on that server. */
    boolean needsPostgres() {
        return postgres.isEmpty() || timescale.isEmpty();
    }

    private static Optional<Server> server(Map<String, String> environment, String name) {
        return text(environment, name + "_URL")
                .map(url -> new Server(
                        url,
                        text(environment, name + "_USER").orElse(""),
                        text(environment, name + "_PASSWORD").orElse("")));
    }

    private static int number(Map<String, String> environment, String name, int otherwise, int most) {
        String text = text(environment, name).orElse(Integer.toString(otherwise));
        try {
            int value = Integer.parseInt(text);
            if (value >= 1 && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // told below, with the range
        }
        throw new CannotStartException(name + " is " + text + ": set it to a number from 1 to " + most + ".");
    }

    private static boolean yes(Map<String, String> environment, String name) {
        return switch (text(environment, name).orElse("no")) {
            case "yes" -> true;
            case "no" -> false;
            case String other -> throw new CannotStartException(name + " is " + other + ": set it to yes or no.");
        };
    }

    private static Optional<String> text(Map<String, String> environment, String name) {
        @Nullable String value = environment.get(name);
        return Optional.ofNullable(value).filter(given -> !given.isBlank());
    }
}
