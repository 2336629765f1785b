package io.gamemetrics.infrastructure.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Walks through refused events in rounds. An interrupted walk is begun anew: what was accepted is no longer there. */
@Command(
        name = "resubmit",
        description = "Sends refused events in again, patched or not, oldest first. Nothing is ever counted twice.",
        mixinStandardHelpOptions = true)
final class ResubmitRejected implements Callable<Integer> {

    private static final int MOST_SHOWN = 50;
    private static final List<String> COLUMNS = List.of("id", "eventId", "outcome", "code", "message");
    private static final Duration PAUSE = Duration.ofSeconds(1);

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli before the command runs
    private Surroundings surroundings;

    @Option(names = "--game", required = true, description = "The game's id.")
    @SuppressWarnings("NullAway.Init") // set by picocli before the command runs
    private String gameId;

    @Option(names = "--code", description = "Those of this code.")
    private @Nullable String code;

    @Option(names = "--id", description = "Single ones by their ids, up to 1000; may be repeated.")
    private @Nullable List<String> ids;

    @Option(
            names = "--patch",
            paramLabel = "JSON",
            description = "RFC 6902, such as '[{\"op\":\"replace\",\"path\":\"/currency\",\"value\":\"EUR\"}]'.")
    private @Nullable String patch;

    @Option(names = "--patch-file", paramLabel = "FILE", description = "The patch in a file.")
    private @Nullable Path patchFile;

    @Option(names = "--dry-run", description = "Show what would become of them, and change nothing.")
    private boolean dryRun;

    @Option(
            names = "--batch",
            defaultValue = "500",
            description = "Events in a request, up to 1000 (default: ${DEFAULT-VALUE}).")
    private int batch;

    @Option(
            names = "--patience",
            defaultValue = "300",
            description = "Seconds to go on trying when nobody answers (default: ${DEFAULT-VALUE}).")
    private int patienceSeconds;

    @Override
    public Integer call() throws InterruptedException {
        if (code == null && ids == null) {
            throw new CommandEndedException(Exit.USAGE, "Say which events: --code, --id, or both.");
        }
        ObjectNode body = body();
        Terminal terminal = surroundings.terminal();
        ProgressLine shown = new ProgressLine(terminal, surroundings.json);
        ArrayNode examples = Surroundings.JSON.createArrayNode();
        Outcome outcome = Outcome.NOTHING;
        long began = System.nanoTime();
        long total = 0;
        shown.begin(0);
        JsonNode round;
        do {
            round = round(body, !outcome.equals(Outcome.NOTHING));
            total = round.path("total").asLong(total);
            outcome = outcome.plus(outcomeOf(round));
            for (JsonNode result : round.path("results")) {
                if (examples.size() < MOST_SHOWN) {
                    examples.add(result);
                }
            }
            shown.draw(outcome.events(), total == 0 ? 1 : (double) outcome.events() / total);
            body.set("after", round.path("after"));
        } while (round.hasNonNull("after"));
        shown.end();
        if (dryRun && !surroundings.json) {
            Show.table(terminal.out(), examples, COLUMNS);
            if (outcome.events() > examples.size()) {
                terminal.out().println("and " + ProgressLine.number(outcome.events() - examples.size()) + " more");
            }
            terminal.out().println("Nothing was changed. It would be:");
        }
        new Summary(outcome, Duration.ofNanos(System.nanoTime() - began)).show(surroundings);
        return outcome.exit().code;
    }

    private ObjectNode body() {
        ObjectNode body = Surroundings.JSON.createObjectNode();
        body.put("code", code);
        if (ids != null) {
            ids.forEach(body.putArray("ids")::add);
        }
        if (patch != null && patchFile != null) {
            throw new CommandEndedException(Exit.USAGE, "One patch: --patch or --patch-file.");
        }
        if (patch != null || patchFile != null) {
            body.set("patch", patch());
        }
        return body.put("dryRun", dryRun).put("first", batch);
    }

    /** Sent again until it is answered: doing it twice is harmless. Who never answered is not waited for. */
    private JsonNode round(ObjectNode body, boolean everAnswered) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(patienceSeconds).toNanos();
        while (true) {
            try {
                return surroundings.commands().ask("POST", RejectedEvents.path(gameId) + "/resubmit", body);
            } catch (CommandEndedException e) {
                if (e.exit() != Exit.NOT_REACHABLE || !everAnswered || System.nanoTime() - deadline > 0) {
                    throw e;
                }
                Thread.sleep(PAUSE);
            }
        }
    }

    private static Outcome outcomeOf(JsonNode round) {
        ObjectNode answer = round.deepCopy();
        ArrayNode problems = answer.putArray("problems");
        for (JsonNode result : round.path("results")) {
            if (result.path("outcome").asText().equals("rejected")) {
                problems.add(result);
            }
        }
        return Outcome.of(answer, problem -> problem.path("id").asText());
    }

    /** Numbers keep every digit. */
    private JsonNode patch() {
        try {
            String json = patchFile != null ? Files.readString(patchFile) : patch;
            return Surroundings.JSON
                    .reader()
                    .with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .readTree(json);
        } catch (JsonProcessingException e) {
            throw new CommandEndedException(Exit.USAGE, "The patch is not JSON.");
        } catch (IOException e) {
            throw new CommandEndedException(Exit.USAGE, "There is no readable file " + patchFile + ".");
        }
    }
}
