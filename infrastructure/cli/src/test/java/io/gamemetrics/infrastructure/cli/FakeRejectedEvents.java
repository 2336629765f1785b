package io.gamemetrics.infrastructure.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Refused events as the platform shows them: their ids are their numbers, their cursors the ids. Not thread-safe. */
final class FakeRejectedEvents {

    /** Bodies of the requests to send events in again. */
    final List<JsonNode> asked = new ArrayList<>();

    private final int count;

    FakeRejectedEvents(int count) {
        this.count = count;
    }

    /** The latest first: ids downwards. */
    String list(String query) {
        int first = number(query, "first", 50);
        int before = number(query, "after", count + 1);
        ObjectNode page = Surroundings.JSON.createObjectNode();
        var entries = page.putArray("entries");
        int id = before - 1;
        for (; id > 0 && entries.size() < Math.min(first, 3); id--) {
            entries.addObject()
                    .put("id", Integer.toString(id))
                    .put("receivedAt", "2026-11-22T10:00:00Z")
                    .put("code", "purchase.currency.unknown")
                    .put("type", "purchase")
                    .put("eventId", "e" + id)
                    .put("pointer", "/currency")
                    .put("message", "currency: 'XX'");
        }
        if (!entries.isEmpty()) {
            page.put("after", Integer.toString(id + 1));
        }
        return page.toString();
    }

    /** Accepts odd ids. */
    String resubmit(byte[] body) throws IOException {
        JsonNode wish = Surroundings.JSON.readTree(body);
        asked.add(wish);
        int after = wish.path("after").asInt(0);
        ObjectNode round = Surroundings.JSON.createObjectNode();
        var results = round.putArray("results");
        int accepted = 0;
        for (int id = after + 1;
                id <= count && results.size() < wish.path("first").asInt();
                id++) {
            ObjectNode result =
                    results.addObject().put("id", Integer.toString(id)).put("eventId", "e" + id);
            if (id % 2 == 1) {
                accepted++;
                result.put("outcome", "accepted");
            } else {
                result.put("outcome", "rejected").put("code", "patch.failed").put("message", "The patch does not fit.");
            }
        }
        round.put("accepted", accepted).put("duplicates", 0).put("rejected", results.size() - accepted);
        if (after == 0) {
            round.put("total", count);
        }
        if (!results.isEmpty()) {
            round.put("after", Integer.toString(after + results.size())).put("position", "7." + (after + accepted));
        }
        return round.toString();
    }

    private static int number(String query, String name, int otherwise) {
        Matcher found = Pattern.compile("(?:^|&)" + name + "=([0-9]+)").matcher(query);
        return found.find() ? Integer.parseInt(found.group(1)) : otherwise;
    }
}
