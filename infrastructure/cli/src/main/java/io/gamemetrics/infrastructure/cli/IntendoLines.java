package io.gamemetrics.infrastructure.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gamemetrics.infrastructure.cli.IntendoRows.Revenue;
import io.gamemetrics.infrastructure.cli.IntendoRows.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Intendo's rows as events, one player after the other: a request then holds few players with many events each, which
 * costs the platform least. Event ids come from row numbers: {@code rev-000001} is the first row of the revenue table,
 * {@code ses-000001} and {@code ses-000001-end} are the first session, {@code reg-000001} the registration of the player
 * in that revenue row.
 */
final class IntendoLines implements EventLines {

    private record Line(String playerId, Instant at, byte[] json) {}

    /** What the revenue rows say of a player; those without such rows stay unknown. */
    private record Profile(String country, String acquisition, int row) {}

    private final List<Line> lines;
    private final String identity;
    private int next;

    private IntendoLines(List<Line> lines, String identity) {
        this.lines = lines;
        this.identity = identity;
    }

    static IntendoLines of(Path folder) throws IOException {
        IntendoRows rows = IntendoRows.in(folder);
        Map<String, Profile> profiles = profiles(rows.revenue());
        List<Line> lines = new ArrayList<>(registrations(rows, profiles));
        for (int row = 0; row < rows.sessions().size(); row++) {
            lines.addAll(session(rows.sessions().get(row), row + 1, profiles));
        }
        for (int row = 0; row < rows.revenue().size(); row++) {
            lines.add(revenue(rows.revenue().get(row), row + 1, profiles));
        }
        lines.sort(Comparator.comparing(Line::playerId).thenComparing(Line::at));
        StringBuilder identity = new StringBuilder(folder.toRealPath().toString());
        for (String file : List.of("all_revenue.csv.gz", "all_sessions.csv.gz")) {
            identity.append('|').append(Files.size(folder.resolve(file)));
        }
        return new IntendoLines(lines, identity.toString());
    }

    private static Map<String, Profile> profiles(List<Revenue> revenue) {
        Map<String, Profile> profiles = new HashMap<>();
        for (int row = 0; row < revenue.size(); row++) {
            Revenue each = revenue.get(row);
            profiles.putIfAbsent(
                    each.playerId(), new Profile(IntendoCountries.code(each.country()), each.acquisition(), row + 1));
        }
        return profiles;
    }

    /** A player is taken to have registered when first seen. */
    private static List<Line> registrations(IntendoRows rows, Map<String, Profile> profiles) {
        Map<String, Instant> firstSeen = new HashMap<>();
        rows.sessions().forEach(row -> firstSeen.merge(row.playerId(), row.startedAt(), IntendoLines::earlier));
        rows.revenue().forEach(row -> firstSeen.merge(row.playerId(), row.occurredAt(), IntendoLines::earlier));
        return profiles.entrySet().stream()
                .map(entry -> {
                    Profile profile = entry.getValue();
                    Instant at = java.util.Objects.requireNonNull(firstSeen.get(entry.getKey()));
                    ObjectNode event = event(
                            id("reg", profile.row()), "player_registered", entry.getKey(), null, at, profile.country());
                    event.put("acquisition", profile.acquisition());
                    return line(entry.getKey(), at, event);
                })
                .toList();
    }

    private static List<Line> session(Session row, int number, Map<String, Profile> profiles) {
        Profile profile = profiles.get(row.playerId());
        String country = profile == null ? null : profile.country();
        String id = id("ses", number);
        Instant ended = row.startedAt().plusMillis(row.durationMillis());
        ObjectNode start = event(id, "session_started", row.playerId(), row.sessionId(), row.startedAt(), country);
        ObjectNode end = event(id + "-end", "session_ended", row.playerId(), row.sessionId(), ended, country);
        end.put("durationMillis", row.durationMillis());
        return List.of(line(row.playerId(), row.startedAt(), start), line(row.playerId(), ended, end));
    }

    private static Line revenue(Revenue row, int number, Map<String, Profile> profiles) {
        String country =
                java.util.Objects.requireNonNull(profiles.get(row.playerId())).country();
        long micros = row.dollars().movePointRight(6).longValueExact();
        boolean ad = row.itemType().equals("ad");
        if (!ad && !row.itemType().equals("iap")) {
            throw new CommandEndedException(
                    Exit.FAILED, "Revenue row " + number + " is neither iap nor ad: nothing was sent.");
        }
        ObjectNode event = event(
                id("rev", number),
                ad ? "ad_viewed" : "purchase",
                row.playerId(),
                row.sessionId(),
                row.occurredAt(),
                country);
        if (ad) {
            event.put("network", "unknown").put("placement", row.itemName());
            event.put("revenueMicros", micros);
        } else {
            event.put("itemId", row.itemName()).put("itemType", "iap");
            event.put("amountMicros", micros);
        }
        event.put("currency", "USD");
        return line(row.playerId(), row.occurredAt(), event);
    }

    private static ObjectNode event(
            String id, String type, String player, @Nullable String session, Instant at, @Nullable String country) {
        ObjectNode event = Surroundings.JSON.createObjectNode();
        event.put("eventId", id).put("type", type).put("playerId", player);
        if (session != null) {
            event.put("sessionId", session);
        }
        event.put("occurredAt", at.toString());
        if (country != null) {
            event.put("country", country);
        }
        return event;
    }

    private static Line line(String player, Instant at, ObjectNode event) {
        return new Line(player, at, Api.bytes(event));
    }

    private static String id(String table, int row) {
        return String.format(Locale.ROOT, "%s-%06d", table, row);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    @Override
    public byte @Nullable [] next() {
        return next == lines.size() ? null : lines.get(next++).json();
    }

    @Override
    public double fractionRead() {
        return lines.isEmpty() ? 1 : (double) next / lines.size();
    }

    @Override
    public String identity() {
        return identity;
    }

    @Override
    public void close() {}
}
