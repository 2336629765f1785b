package io.gamemetrics.infrastructure.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/** What a command that sent events has to say at its end. */
record Summary(Outcome outcome, Duration took) {

    void show(Surroundings surroundings) {
        if (surroundings.json) {
            Show.json(surroundings.terminal().out(), json());
        } else {
            text(surroundings.terminal().out());
        }
    }

    private ObjectNode json() {
        ObjectNode json = Surroundings.JSON.createObjectNode();
        json.put("events", outcome.events());
        json.put("accepted", outcome.accepted());
        json.put("duplicates", outcome.duplicates());
        json.put("rejected", outcome.rejected());
        json.put("position", outcome.position());
        json.put("seconds", took.toMillis() / 1000.0);
        outcome.codes().forEach(json.putObject("rejectedByCode")::put);
        return json;
    }

    private void text(PrintWriter out) {
        double seconds = Math.max(0.001, took.toMillis() / 1000.0);
        out.printf(
                Locale.ROOT,
                "%,d events in %.1f s (%,.0f/s): %,d accepted, %,d duplicates, %,d rejected%n",
                outcome.events(),
                seconds,
                outcome.events() / seconds,
                outcome.accepted(),
                outcome.duplicates(),
                outcome.rejected());
        outcome.codes().forEach((code, count) -> out.printf(Locale.ROOT, "  %,d × %s%n", count, code));
        outcome.examples().forEach(example -> out.println("  " + example));
    }
}
