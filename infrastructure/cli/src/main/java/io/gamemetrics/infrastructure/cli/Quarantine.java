package io.gamemetrics.infrastructure.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "quarantine",
        description = "Streams that wait behind an event a projection could not apply.",
        mixinStandardHelpOptions = true)
final class Quarantine {

    private static final String PATH = "/v1/quarantine";
    private static final List<String> COLUMNS =
            List.of("projection", "version", "stream", "position", "type", "cause", "events", "since");
    private static final List<String> EVENTS =
            List.of("position", "sequence", "type", "revision", "bytes", "storedAt", "cause");
    private static final List<String> ORDERS =
            List.of("orderId", "projection", "kind", "stream", "cause", "actor", "reason", "orderedAt");
    private static final List<String> OUTCOMES = List.of(
            "version", "partition", "stream", "position", "state", "applied", "skipped", "stoppedAt", "stoppedCause");
    private static final int PAGE = 200;
    private static final long LOOK_MILLIS = 500;

    @Command(name = "list", description = "What waits, and for what.", mixinStandardHelpOptions = true)
    int list(
            @Mixin Surroundings surroundings,
            @Option(names = "--projection", description = "Such as metrics (default: all).") @Nullable
                    String projection,
            @Option(names = "--cause", description = "Only what waits for this cause.") @Nullable String cause,
            @Option(
                            names = "--first",
                            defaultValue = "50",
                            description = "How many at most (default: ${DEFAULT-VALUE}).")
                    int first) {
        if (first < 1) {
            throw new CommandEndedException(Exit.USAGE, "--first is 1 or more.");
        }
        String filter = (projection == null ? "" : "&projection=" + Names.inPath(projection))
                + (cause == null ? "" : "&cause=" + Names.inPath(cause));
        ArrayNode found = Surroundings.JSON.createArrayNode();
        String after = "0";
        do {
            String page = "?first=" + Math.min(PAGE, first - found.size()) + "&after=" + Names.inPath(after);
            JsonNode answer = surroundings.commands().ask("GET", PATH + page + filter, null);
            answer.path("entries").forEach(found::add);
            after = answer.path("after").asText("");
        } while (found.size() < first && !after.isEmpty());
        return table(surroundings, found, COLUMNS);
    }

    @Command(
            name = "show",
            description = "Where a stream waits, and its first events that do; nothing of what they say.",
            mixinStandardHelpOptions = true)
    int show(
            @Mixin Surroundings surroundings,
            @Parameters(paramLabel = "PROJECTION") String projection,
            @Parameters(paramLabel = "STREAM", description = "As it is listed.") String stream) {
        JsonNode all = surroundings
                .commands()
                .ask("GET", PATH + "/" + Names.inPath(projection) + "/" + Names.inPath(stream), null);
        if (surroundings.json) {
            Show.json(surroundings.terminal().out(), all);
            return Exit.DONE.code;
        }
        PrintWriter out = surroundings.terminal().out();
        for (JsonNode each : all) {
            JsonNode waiting = each.path("waiting");
            out.println("version " + waiting.path("version").asInt() + ", partition "
                    + waiting.path("partition").asInt() + ", game "
                    + waiting.path("game").asInt() + ": "
                    + waiting.path("events").asLong() + " wait since "
                    + waiting.path("since").asText() + ", for "
                    + waiting.path("cause").asText());
            Show.table(out, each.path("first"), EVENTS);
        }
        return Exit.DONE.code;
    }

    @Command(
            name = "retry",
            description =
                    "Applies what waits, in order; of what can't be applied again, it and the rest go on waiting.",
            mixinStandardHelpOptions = true)
    int retry(
            @Mixin Surroundings surroundings,
            @Parameters(paramLabel = "PROJECTION") String projection,
            @Option(names = "--stream", description = "The one that is meant.") @Nullable String stream,
            @Option(names = "--cause", description = "All that wait for this cause are meant.") @Nullable String cause,
            @Option(names = "--no-wait", description = "Do not wait until it is done.") boolean noWait)
            throws InterruptedException {
        if ((stream == null) == (cause == null)) {
            throw new CommandEndedException(Exit.USAGE, "Say --stream or --cause.");
        }
        ObjectNode body = Surroundings.JSON.createObjectNode().put("projection", projection);
        body = stream == null ? body.put("cause", cause) : body.put("stream", stream);
        return order(surroundings, "/retry", body, noWait);
    }

    @Command(
            name = "skip",
            description = "Passes the event over for ever that a stream waits for, and applies the others, in order.",
            mixinStandardHelpOptions = true)
    int skip(
            @Mixin Surroundings surroundings,
            @Parameters(paramLabel = "PROJECTION") String projection,
            @Parameters(paramLabel = "STREAM", description = "As it is listed.") String stream,
            @Option(names = "--reason", required = true, description = "Why. It is kept for ever: name nobody.")
                    String reason,
            @Option(names = "--position", description = "Of the event (default: the one the stream waits for).")
                    @Nullable
                    String position,
            @Option(names = "--no-wait", description = "Do not wait until it is done.") boolean noWait)
            throws InterruptedException {
        ObjectNode body = Surroundings.JSON
                .createObjectNode()
                .put("projection", projection)
                .put("stream", stream)
                .put("reason", reason);
        return order(surroundings, "/skip", position == null ? body : body.put("position", position), noWait);
    }

    @Command(name = "orders", description = "The latest orders, newest first.", mixinStandardHelpOptions = true)
    int orders(@Mixin Surroundings surroundings) {
        return table(surroundings, surroundings.commands().ask("GET", PATH + "/orders", null), ORDERS);
    }

    @Command(name = "order", description = "What came of an order.", mixinStandardHelpOptions = true)
    int order(@Mixin Surroundings surroundings, @Parameters(paramLabel = "ID") String id) {
        return show(surroundings, find(surroundings, id));
    }

    private static int order(Surroundings surroundings, String kind, ObjectNode body, boolean noWait)
            throws InterruptedException {
        String id = surroundings
                .commands()
                .ask("POST", PATH + kind, body)
                .path("orderId")
                .asText();
        JsonNode order = find(surroundings, id);
        while (!noWait && order.path("state").asText().equals("OPEN")) {
            Thread.sleep(LOOK_MILLIS);
            order = find(surroundings, id);
        }
        return show(surroundings, order);
    }

    private static JsonNode find(Surroundings surroundings, String id) {
        return surroundings.commands().ask("GET", PATH + "/orders/" + Names.inPath(id), null);
    }

    private static int show(Surroundings surroundings, JsonNode order) {
        PrintWriter out = surroundings.terminal().out();
        if (surroundings.json) {
            Show.json(out, order);
        } else {
            out.println(order.path("orderId").asText() + "  "
                    + order.path("kind").asText() + " by "
                    + order.path("actor").asText() + ": " + order.path("state").asText() + ", "
                    + order.path("applied").asLong() + " applied, "
                    + order.path("skipped").asLong() + " passed over");
            Show.table(out, order.path("outcomes"), OUTCOMES);
        }
        return order.path("state").asText().equals("STOPPED") ? Exit.PARTLY_DONE.code : Exit.DONE.code;
    }

    private static int table(Surroundings surroundings, JsonNode rows, List<String> columns) {
        if (surroundings.json) {
            Show.json(surroundings.terminal().out(), rows);
        } else {
            Show.table(surroundings.terminal().out(), rows, columns);
        }
        return Exit.DONE.code;
    }
}
