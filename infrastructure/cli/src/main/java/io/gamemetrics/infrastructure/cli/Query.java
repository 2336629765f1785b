package io.gamemetrics.infrastructure.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "query",
        description = "Asks the query side in GraphQL and shows the answer's data in JSON.",
        mixinStandardHelpOptions = true)
final class Query implements Callable<Integer> {

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli before the command runs
    private Surroundings surroundings;

    @ArgGroup(multiplicity = "1")
    @SuppressWarnings("NullAway.Init") // set by picocli before the command runs
    private Source source;

    @Option(names = "--variables", paramLabel = "JSON", description = "All variables, as one JSON object.")
    private @Nullable String variables;

    @Option(
            names = {"-v", "--variable"},
            paramLabel = "NAME=VALUE",
            description = "One variable; its value is JSON or else text.")
    private Map<String, String> single = Map.of();

    private static final class Source {
        @Parameters(paramLabel = "FILE", description = "A file with the query, or - for standard input.")
        private @Nullable String file;

        @Option(
                names = {"-e", "--expression"},
                paramLabel = "QUERY",
                description = "The query itself.")
        private @Nullable String expression;
    }

    @Override
    public Integer call() {
        ObjectNode request = Surroundings.JSON.createObjectNode();
        request.put("query", text());
        request.set("variables", allVariables());
        JsonNode answer = surroundings.queries().ask("POST", "/graphql", request);
        Terminal terminal = surroundings.terminal();
        if (surroundings.json) {
            Show.json(terminal.out(), answer);
        } else if (answer.hasNonNull("data")) {
            Show.json(terminal.out(), answer.path("data"));
        }
        for (JsonNode error : answer.path("errors")) {
            String code = error.path("extensions").path("code").asText("");
            terminal.err().println(error.path("message").asText() + (code.isEmpty() ? "" : " [" + code + "]"));
        }
        return answer.path("errors").isEmpty() ? Exit.DONE.code : Exit.REFUSED.code;
    }

    private String text() {
        try {
            if (source.expression != null) {
                return source.expression;
            }
            return source.file == null || source.file.equals("-")
                    ? new String(surroundings.terminal().in().readAllBytes(), StandardCharsets.UTF_8)
                    : Files.readString(Path.of(source.file));
        } catch (IOException e) {
            throw new CommandEndedException(Exit.USAGE, "The query cannot be read: " + e.getMessage());
        }
    }

    private ObjectNode allVariables() {
        ObjectNode all = Surroundings.JSON.createObjectNode();
        if (variables != null) {
            if (!(parsed(variables) instanceof ObjectNode object)) {
                throw new CommandEndedException(Exit.USAGE, "--variables: not a JSON object");
            }
            all.setAll(object);
        }
        single.forEach((name, value) -> {
            JsonNode json = parsed(value);
            if (json == null) {
                all.put(name, value);
            } else {
                all.set(name, json);
            }
        });
        return all;
    }

    private static @Nullable JsonNode parsed(String text) {
        try {
            JsonNode json = Surroundings.JSON.readTree(text);
            return json.isMissingNode() ? null : json;
        } catch (JsonProcessingException e) {
            return null; // then it is plain text
        }
    }
}
