package io.gamemetrics.infrastructure.demo;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * The sample that ships with the project, moved to these days. Every two weeks the same players come again under other
 * ids, so that there are as many on any day. An event's id says which two weeks it belongs to, and its time follows from
 * that: whenever the demo is filled again, what was there comes as a duplicate and only the days since are new.
 */
public final class DemoSample {

    /** What the sample was made from. */
    public static final long SEED = 7;

    /** A leaderboard of the demo: the best score counts. */
    public static final String HIGH_SCORES = "high-scores";

    /** A leaderboard of the demo: trophies of a week are added up. */
    public static final String WEEKLY_TROPHIES = "weekly-trophies";

    /** The game is that old: players who came before are left out with all they did. */
    static final int GAME_DAYS = 56;

    /** On so many days players of the sample come; a whole number of weeks, for weekends stay weekends. */
    static final int ARRIVAL_DAYS = 14;

    /** So many days a player may play, the first included. */
    static final int LIFE_DAYS = 27;

    /** The sample's first day: a Monday. */
    static final LocalDate BEGIN = LocalDate.of(2026, 1, 5);

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final List<String> IDS = List.of("eventId", "playerId", "sessionId", "purchaseEventId");

    private DemoSample() {}

    /** All events that have occurred by now, each as the JSON text that is sent; by when they occurred, for each two weeks. */
    public static List<String> until(Instant now) {
        LocalDate today = now.atZone(ZoneOffset.UTC).toLocalDate();
        LocalDate first = today.minusDays(GAME_DAYS - 1L);
        List<ObjectNode> sample = read().map(DemoSample::parse).toList();
        Map<String, LocalDate> arrivals = arrivals(sample);
        List<String> events = new ArrayList<>();
        for (long fortnight = fortnightOf(first); fortnight <= fortnightOf(today); fortnight++) {
            long days = fortnight * ARRIVAL_DAYS;
            for (ObjectNode event : sample) {
                LocalDate arrival = Objects.requireNonNull(
                        arrivals.get(event.path("playerId").asText()));
                Instant occurredAt = occurredAt(event).plus(days, ChronoUnit.DAYS);
                if (!arrival.plusDays(days).isBefore(first) && !occurredAt.isAfter(now)) {
                    events.add(moved(event, fortnight, occurredAt).toString());
                }
            }
        }
        return events;
    }

    /** The sample itself, one event a line. */
    static Stream<String> read() {
        try (InputStream file = Objects.requireNonNull(DemoSample.class.getResourceAsStream("sample.ndjson.gz"));
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(new GZIPInputStream(file), StandardCharsets.UTF_8))) {
            return lines.lines().toList().stream();
        } catch (IOException e) {
            throw new IllegalStateException("the demo's sample can't be read: build again", e);
        }
    }

    private static long fortnightOf(LocalDate day) {
        return Math.floorDiv(BEGIN.until(day, ChronoUnit.DAYS), ARRIVAL_DAYS);
    }

    private static Map<String, LocalDate> arrivals(List<ObjectNode> sample) {
        Map<String, LocalDate> arrivals = new HashMap<>();
        for (ObjectNode event : sample) {
            arrivals.putIfAbsent(
                    event.path("playerId").asText(),
                    occurredAt(event).atZone(ZoneOffset.UTC).toLocalDate());
        }
        return arrivals;
    }

    private static ObjectNode moved(ObjectNode event, long fortnight, Instant occurredAt) {
        ObjectNode moved = event.deepCopy().put("occurredAt", occurredAt.toString());
        for (String id : IDS) {
            if (moved.has(id)) {
                moved.put(id, moved.path(id).asText() + "." + fortnight);
            }
        }
        return moved;
    }

    private static Instant occurredAt(ObjectNode event) {
        return Instant.parse(event.path("occurredAt").asText());
    }

    private static ObjectNode parse(String line) {
        try {
            return (ObjectNode) JSON.readTree(line);
        } catch (IOException e) {
            throw new IllegalStateException("the demo's sample is not JSON: build again", e);
        }
    }
}
