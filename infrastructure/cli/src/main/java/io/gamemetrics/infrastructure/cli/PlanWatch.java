package io.gamemetrics.infrastructure.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Waits until a request's plan is counted, and draws it. Used by one thread. */
final class PlanWatch {

    private static final Duration EVERY = Duration.ofSeconds(2);
    private static final List<String> COLUMNS = List.of("store", "version", "kind", "rows", "then");

    private final Surroundings surroundings;

    PlanWatch(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** @param wait whether to wait until all is counted; otherwise what is counted so far is shown */
    int show(String request, boolean wait) {
        JsonNode plan = ask(request);
        while (wait && !isCounted(plan)) {
            progress("counted " + plan.path("counted").asInt() + " of "
                    + plan.path("subjects").size() + ", waiting for " + words(plan.path("waitingFor")));
            pause();
            plan = ask(request);
        }
        progress("");
        draw(plan);
        return Exit.DONE.code;
    }

    private JsonNode ask(String request) {
        return surroundings.commands().ask("GET", Requests.path(request) + "/plan", null);
    }

    private static boolean isCounted(JsonNode plan) {
        return plan.path("state").asText().equals("COUNTED");
    }

    private void progress(String text) {
        Terminal terminal = surroundings.terminal();
        if (!surroundings.json && terminal.watched()) {
            terminal.err().print("\r" + text + "\u001b[K");
            terminal.err().flush();
        }
    }

    private static String words(JsonNode names) {
        StringBuilder words = new StringBuilder();
        names.forEach(name -> words.append(words.isEmpty() ? "" : ", ").append(name.asText()));
        return words.toString();
    }

    private void draw(JsonNode plan) {
        PrintWriter out = surroundings.terminal().out();
        if (surroundings.json) {
            Show.json(out, plan);
            return;
        }
        int players = 0;
        for (JsonNode subject : plan.path("subjects")) {
            players += subject.path("players").asInt();
        }
        out.println("Request " + plan.path("requestId").asText() + ": "
                + plan.path("subjects").size() + " subjects, who are " + players
                + " players here. Nothing was changed.");
        for (JsonNode keep : plan.path("keep")) {
            out.println("To be kept: " + keep.path("kind").asText() + " until "
                    + keep.path("until").asText() + ": " + keep.path("ground").asText());
        }
        ArrayNode lines = Surroundings.JSON.createArrayNode();
        for (JsonNode total : plan.path("totals")) {
            ObjectNode line = total.deepCopy();
            line.put(
                    "then", total.path("then").asText().toLowerCase(Locale.ROOT).replace('_', ' '));
            lines.add(line);
        }
        Show.table(out, lines, COLUMNS);
        if (!isCounted(plan)) {
            out.println("Not counted yet: " + words(plan.path("waitingFor")) + ". Ask again.");
        }
    }

    private static void pause() {
        try {
            Thread.sleep(EVERY);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandEndedException(Exit.FAILED, "Interrupted.");
        }
    }
}
