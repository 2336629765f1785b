package io.gamemetrics.infrastructure.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What every command shares: the output's form, the platform's addresses, and who is asking. */
final class Surroundings {

    static final JsonMapper JSON = JsonMapper.builder().build();

    @Option(names = "--json", description = "Answer in JSON, for scripts.")
    boolean json;

    private final Map<String, String> environment;
    private final Terminal terminal;

    Surroundings(Map<String, String> environment, Terminal terminal) {
        this.environment = environment;
        this.terminal = terminal;
    }

    Terminal terminal() {
        return terminal;
    }

    @Nullable
    String variable(String name) {
        String value = environment.get(name);
        return value == null || value.isBlank() ? null : value;
    }

    /** The command side, with the asker's token. */
    Api commands() {
        return new Api(commandAddress(), token());
    }

    /** The query side, with the asker's token. */
    Api queries() {
        return new Api(queryAddress(), token());
    }

    /** The command side for sending a game's events with that game's key. */
    Api commandsWith(String key) {
        return new Api(commandAddress(), key);
    }

    URI commandAddress() {
        String given = variable("GAMEMETRICS_URL");
        return URI.create(given != null ? given : local("commands", "GAMEMETRICS_COMMAND_PORT", "8080"));
    }

    private URI queryAddress() {
        String given = variable("GAMEMETRICS_QUERY_URL");
        if (given != null) {
            return URI.create(given);
        }
        String commands = variable("GAMEMETRICS_URL");
        if (commands == null) {
            return URI.create(local("queries", "GAMEMETRICS_QUERY_PORT", "8081"));
        }
        // One host behind one address serves both; with the default ports the query side is the next one.
        return URI.create(commands.replaceFirst(":8080(/|$)", ":8081$1"));
    }

    private String local(String side, String portVariable, String defaultPort) {
        JsonNode written = readJson(dataFolder().resolve("addresses.json")).path(side);
        String port = variable(portVariable);
        return written.isTextual() && port == null
                ? written.asText()
                : "http://127.0.0.1:" + (port == null ? defaultPort : port);
    }

    String token() {
        String given = variable("GAMEMETRICS_TOKEN");
        if (given != null) {
            return given;
        }
        Path file = dataFolder().resolve("credentials.json");
        JsonNode admin = readJson(file).path("admin");
        if (!admin.isTextual()) {
            throw new CommandEndedException(
                    Exit.USAGE,
                    "There are no credentials: set GAMEMETRICS_TOKEN, or start the platform here with `make run`"
                            + " (looked for " + file + ").");
        }
        return admin.asText();
    }

    private Path dataFolder() {
        String given = variable("GAMEMETRICS_DATA");
        return Path.of(given == null ? ".gamemetrics" : given).toAbsolutePath().normalize();
    }

    private static JsonNode readJson(Path file) {
        try {
            return Files.isReadable(file) ? JSON.readTree(file.toFile()) : JSON.missingNode();
        } catch (IOException e) {
            throw new CommandEndedException(Exit.FAILED, file + " cannot be read: " + e.getMessage());
        }
    }
}
