package io.gamemetrics.infrastructure.cli;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Both tables of intendo. Rows are known by their number alone: identical ones count each. */
record IntendoRows(List<Revenue> revenue, List<Session> sessions) {

    /** @param dollars in US dollars */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Revenue(
            @JsonProperty("player_id") String playerId,
            @JsonProperty("session_id") String sessionId,
            @JsonProperty("session_start") String sessionStart,
            @JsonProperty("time") String time,
            @JsonProperty("item_type") String itemType,
            @JsonProperty("item_name") String itemName,
            @JsonProperty("item_revenue") BigDecimal dollars,
            @JsonProperty("acquisition") String acquisition,
            @JsonProperty("country") String country) {

        Instant occurredAt() {
            return Instant.parse(time);
        }
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Session(
            @JsonProperty("player_id") String playerId,
            @JsonProperty("session_id") String sessionId,
            @JsonProperty("session_start") String start,
            @JsonProperty("session_duration") BigDecimal minutes) {

        Instant startedAt() {
            return Instant.parse(start);
        }

        long durationMillis() {
            return minutes.movePointRight(3).multiply(BigDecimal.valueOf(60)).longValueExact();
        }
    }

    static IntendoRows in(Path folder) throws IOException {
        return new IntendoRows(
                read(folder.resolve("all_revenue.csv.gz"), Revenue.class),
                read(folder.resolve("all_sessions.csv.gz"), Session.class));
    }

    private static <R> List<R> read(Path file, Class<R> type) throws IOException {
        if (!Files.isReadable(file)) {
            throw new CommandEndedException(Exit.USAGE, "There is no readable file " + file + ".");
        }
        CsvMapper mapper = new CsvMapper();
        try (InputStream in = new GZIPInputStream(new BufferedInputStream(Files.newInputStream(file)), 1 << 16);
                MappingIterator<R> rows = mapper.readerFor(type)
                        .with(CsvSchema.emptySchema().withHeader())
                        .readValues(in)) {
            return rows.readAll();
        }
    }
}
