package io.gamemetrics.infrastructure.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DemoSampleTest {

    private static final Instant NOW = Instant.parse("2027-03-03T18:30:00Z");
    private static final int MOST_BYTES = 300_000;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Test
    void theSampleIsWhatTheGeneratorMakesOfItsSeed() {
        assertThat(DemoSample.read().toList())
                .as("run DemoGenerator with the file's name; another content needs another seed")
                .isEqualTo(DemoGenerator.events(DemoSample.SEED));
    }

    @Test
    void theSampleIsSmall() throws Exception {
        try (InputStream file = DemoSample.class.getResourceAsStream("sample.ndjson.gz")) {
            assertThat(file.readAllBytes()).hasSizeLessThan(MOST_BYTES);
        }
    }

    @Test
    void nothingHasNotHappenedYetAndNothingIsOlderThanTheGame() {
        List<JsonNode> events = parsed(DemoSample.until(NOW));
        assertThat(events).allSatisfy(event -> assertThat(occurredAt(event))
                .isBeforeOrEqualTo(NOW)
                .isAfter(NOW.minus(Duration.ofDays(DemoSample.GAME_DAYS))));
        assertThat(events).extracting(event -> event.path("eventId").asText()).doesNotHaveDuplicates();
    }

    @Test
    void everyDayOfTheLastWeekHasPlayersWhoCameAndPlayersWhoCameBack() {
        List<JsonNode> events = parsed(DemoSample.until(NOW));
        for (int ago = 1; ago <= 7; ago++) {
            String day = NOW.minus(Duration.ofDays(ago)).toString().substring(0, 10);
            Set<String> came = playersWith(events, day, "player_registered");
            Set<String> played = playersWith(events, day, "session_started");
            assertThat(came).as(day).isNotEmpty();
            assertThat(played).as(day).hasSizeGreaterThan(2 * came.size()).containsAll(came);
        }
    }

    @Test
    void whoFillsTheDemoAgainTheNextDaySendsTheSameEventsAndThoseSince() {
        List<String> before = DemoSample.until(NOW);
        List<String> after = DemoSample.until(NOW.plus(Duration.ofDays(1)));
        Set<String> known = new HashSet<>(before);
        List<JsonNode> fresh =
                parsed(after.stream().filter(event -> !known.contains(event)).toList());
        assertThat(fresh).isNotEmpty().allSatisfy(event -> assertThat(occurredAt(event))
                .isAfter(NOW));
    }

    @Test
    void everyPlayersFirstEventsAreASessionAndARegistration() {
        Set<String> seen = new HashSet<>();
        List<String> firsts = parsed(DemoSample.read().toList()).stream()
                .filter(event -> seen.add(event.path("playerId").asText()))
                .map(event -> event.path("type").asText())
                .distinct()
                .toList();
        assertThat(firsts).containsExactly("session_started");
        assertThat(playersWith(parsed(DemoSample.read().toList()), "", "player_registered"))
                .isEqualTo(seen);
    }

    private static Set<String> playersWith(List<JsonNode> events, String day, String type) {
        return events.stream()
                .filter(event -> event.path("occurredAt").asText().startsWith(day))
                .filter(event -> event.path("type").asText().equals(type))
                .map(event -> event.path("playerId").asText())
                .collect(Collectors.toSet());
    }

    private static Instant occurredAt(JsonNode event) {
        return Instant.parse(event.path("occurredAt").asText());
    }

    private static List<JsonNode> parsed(List<String> events) {
        return events.stream()
                .map(event -> {
                    try {
                        return JSON.readTree(event);
                    } catch (java.io.IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                })
                .toList();
    }
}
