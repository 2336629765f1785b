package io.gamemetrics.infrastructure.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "requests", description = "Requests of data subjects.", mixinStandardHelpOptions = true)
final class Requests {

    static final String PATH = "/v1/data-subject-requests";

    private static final List<String> COLUMNS = List.of("requestId", "type", "phase", "receivedAt", "dueAt");
    private static final List<String> SUBJECTS = List.of("subject", "gameId", "playerId", "phase", "hits");

    private static final List<String> KEPT = List.of("requestId", "gameId", "kind", "until", "subjects", "records");

    private static final List<String> RECORDS = List.of(
            "type",
            "playerId",
            "occurredAt",
            "eventId",
            "purchaseEventId",
            "itemId",
            "currency",
            "amountMicros",
            "country");

    @Command(name = "list", description = "Requests, in the order they were made.", mixinStandardHelpOptions = true)
    int list(
            @Mixin Surroundings surroundings,
            @Option(names = "--after", description = "The last request seen.") @Nullable String after,
            @Option(
                            names = "--first",
                            defaultValue = "50",
                            description = "How many are looked through at most (default: ${DEFAULT-VALUE}).")
                    int first) {
        JsonNode found = surroundings
                .commands()
                .ask("GET", PATH + "?first=" + first + (after == null ? "" : "&after=" + Names.inPath(after)), null);
        if (surroundings.json) {
            Show.json(surroundings.terminal().out(), found);
        } else {
            Show.table(surroundings.terminal().out(), found, COLUMNS);
        }
        return Exit.DONE.code;
    }

    @Command(name = "show", description = "A request, and how far it is.", mixinStandardHelpOptions = true)
    int show(@Mixin Surroundings surroundings, @Parameters(paramLabel = "REQUEST") String request) {
        return shown(surroundings, surroundings.commands().ask("GET", path(request), null));
    }

    @Command(
            name = "create",
            description = "Makes a request to erase players of a game, or to export what is held of them.",
            mixinStandardHelpOptions = true)
    int create(
            @Mixin Surroundings surroundings,
            @Parameters(paramLabel = "GAME") String game,
            @Parameters(paramLabel = "PLAYER", arity = "1..*", description = "Their ids.") List<String> players,
            @Option(
                            names = "--type",
                            defaultValue = "ERASURE",
                            description = "ERASURE or EXPORT (default: ${DEFAULT-VALUE}).")
                    String type,
            @Option(names = "--received-at", description = "When the request reached you (default: now).") @Nullable
                    String receivedAt,
            @Option(names = "--confirmed", description = "How it was made sure who is asking.") @Nullable String how,
            @Option(names = "--reason", description = "What the request says.") @Nullable String reason,
            @Option(
                            names = "--keep",
                            paramLabel = Keep.LABEL,
                            converter = Keep.Read.class,
                            description = Keep.DESCRIPTION)
                    @Nullable
                    List<Keep> keep) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", type.toUpperCase(Locale.ROOT));
        body.put(
                "subjects",
                players.stream()
                        .map(player -> Map.of("gameId", game, "playerId", player))
                        .toList());
        Games.putIfGiven(body, "receivedAt", receivedAt);
        Games.putIfGiven(body, "reason", reason);
        if (how != null) {
            body.put("identity", Map.of("confirmed", true, "how", how));
        }
        Keep.put(body, keep);
        return made(surroundings, surroundings.commands().ask("POST", PATH, body));
    }

    @Command(
            name = "confirm",
            description = "Says how it was made sure who is asking.",
            mixinStandardHelpOptions = true)
    int confirm(
            @Mixin Surroundings surroundings,
            @Parameters(paramLabel = "REQUEST") String request,
            @Parameters(paramLabel = "HOW") String how) {
        return step(surroundings, request, "confirm-identity", Map.of("how", how));
    }

    @Command(
            name = "plan",
            description = "Counts what its execution would do, store by store. Nothing is changed.",
            mixinStandardHelpOptions = true)
    int plan(
            @Mixin Surroundings surroundings,
            @Parameters(paramLabel = "REQUEST") String request,
            @Option(names = "--no-wait", description = "Show what is counted so far.") boolean noWait) {
        return new PlanWatch(surroundings).show(request, !noWait);
    }

    @Command(name = "execute", description = "Executes it. Nothing stops it any more.", mixinStandardHelpOptions = true)
    int execute(@Mixin Surroundings surroundings, @Parameters(paramLabel = "REQUEST") String request) {
        return step(surroundings, request, "execute", null);
    }

    @Command(
            name = "extend",
            description = "Extends it, once, by two months at the most.",
            mixinStandardHelpOptions = true)
    int extend(
            @Mixin Surroundings surroundings,
            @Parameters(paramLabel = "REQUEST") String request,
            @Parameters(paramLabel = "REASON") String reason,
            @Option(names = "--until", description = "Until then (default: two months).") @Nullable String until) {
        Map<String, Object> body = new LinkedHashMap<>(Map.of("reason", reason));
        Games.putIfGiven(body, "until", until);
        return step(surroundings, request, "extend", body);
    }

    @Command(name = "refuse", description = "Refuses it.", mixinStandardHelpOptions = true)
    int refuse(
            @Mixin Surroundings surroundings,
            @Parameters(paramLabel = "REQUEST") String request,
            @Parameters(paramLabel = "REASON") String reason) {
        return step(surroundings, request, "refuse", Map.of("reason", reason));
    }

    @Command(name = "hold", description = "Holds it; the clock goes on.", mixinStandardHelpOptions = true)
    int hold(
            @Mixin Surroundings surroundings,
            @Parameters(paramLabel = "REQUEST") String request,
            @Parameters(paramLabel = "REASON") String reason) {
        return step(surroundings, request, "hold", Map.of("reason", reason));
    }

    @Command(name = "release", description = "Releases it.", mixinStandardHelpOptions = true)
    int release(@Mixin Surroundings surroundings, @Parameters(paramLabel = "REQUEST") String request) {
        return step(surroundings, request, "release", null);
    }

    @Command(
            name = "certificate",
            description = "Saves the proof that it was done, byte for byte.",
            mixinStandardHelpOptions = true)
    int certificate(
            @Mixin Surroundings surroundings,
            @Parameters(paramLabel = "REQUEST") String request,
            @Parameters(paramLabel = "FILE", description = "A file that is not there yet.") Path file) {
        JsonNode document = surroundings.commands().ask("GET", path(request) + "/certificate", null);
        try {
            // As it was signed: compact, in the order of its members.
            Files.write(file, Api.bytes(document), StandardOpenOption.CREATE_NEW);
        } catch (IOException e) {
            throw new CommandEndedException(Exit.USAGE, file + " cannot be written, or is there already.");
        }
        if (surroundings.json) {
            Show.json(
                    surroundings.terminal().out(),
                    Surroundings.JSON.createObjectNode().put("file", file.toString()));
        } else {
            surroundings.terminal().out().println("Saved " + file + ".");
        }
        return Exit.DONE.code;
    }

    @Command(
            name = "export",
            description = "Saves what is held of its subjects, once it is READY.",
            mixinStandardHelpOptions = true)
    int export(
            @Mixin Surroundings surroundings,
            @Parameters(paramLabel = "REQUEST") String request,
            @Parameters(paramLabel = "FILE", description = "A file that is not there yet.") Path file) {
        return Downloads.export(surroundings, request, file);
    }

    @Command(
            name = "kept",
            description = "Shows what is kept of its subjects, until its day is over. Each look is in the audit.",
            mixinStandardHelpOptions = true)
    int kept(
            @Mixin Surroundings surroundings,
            @Parameters(paramLabel = "REQUEST", arity = "0..1", description = "None: how much each keeps.") @Nullable
                    String request,
            @Option(names = "--after", description = "Without REQUEST: the last one seen.") @Nullable String after) {
        if (request == null) {
            String from = after == null ? "" : "?after=" + Names.inPath(after);
            JsonNode all = surroundings.commands().ask("GET", PATH + "/kept" + from, null);
            if (surroundings.json) {
                Show.json(surroundings.terminal().out(), all);
            } else {
                Show.table(surroundings.terminal().out(), all, KEPT);
            }
            return Exit.DONE.code;
        }
        JsonNode document = surroundings.commands().ask("GET", path(request) + "/kept", null);
        if (surroundings.json) {
            Show.json(surroundings.terminal().out(), document);
            return Exit.DONE.code;
        }
        for (JsonNode kept : document.path("kept")) {
            surroundings
                    .terminal()
                    .out()
                    .println("Subject " + kept.path("subject").asInt() + ", "
                            + kept.path("kind").asText() + " until "
                            + kept.path("until").asText() + ": "
                            + kept.path("ground").asText());
            Show.table(surroundings.terminal().out(), kept.path("records"), RECORDS);
        }
        if (document.path("kept").isEmpty()) {
            surroundings.terminal().out().println("Nothing is kept.");
        }
        for (JsonNode lost : document.path("lost")) {
            surroundings
                    .terminal()
                    .out()
                    .println("Lost of subject " + lost.path("subject").asInt() + ": "
                            + lost.path("records").asLong() + " "
                            + lost.path("kind").asText() + " until "
                            + lost.path("until").asText() + "; the vault was put back to before they were kept.");
        }
        return Exit.DONE.code;
    }

    private static int step(Surroundings surroundings, String request, String step, @Nullable Object body) {
        return shown(surroundings, surroundings.commands().ask("POST", path(request) + "/" + step, body));
    }

    static int made(Surroundings surroundings, JsonNode made) {
        if (surroundings.json) {
            Show.json(surroundings.terminal().out(), made);
        } else {
            surroundings
                    .terminal()
                    .out()
                    .println("Request " + made.path("requestId").asText() + ", due "
                            + made.path("dueAt").asText());
        }
        return Exit.DONE.code;
    }

    private static int shown(Surroundings surroundings, JsonNode request) {
        if (surroundings.json) {
            Show.json(surroundings.terminal().out(), request);
            return Exit.DONE.code;
        }
        ObjectNode line = request.deepCopy();
        Show.table(
                surroundings.terminal().out(),
                Surroundings.JSON.createArrayNode().add(line),
                COLUMNS);
        Show.table(surroundings.terminal().out(), request.path("subjects"), SUBJECTS);
        return Exit.DONE.code;
    }

    static String path(String request) {
        return PATH + "/" + Names.inPath(request);
    }
}
