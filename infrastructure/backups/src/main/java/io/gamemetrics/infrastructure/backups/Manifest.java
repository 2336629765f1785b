package io.gamemetrics.infrastructure.backups;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a backup says of itself: the file {@code manifest.json}.
 *
 * @param format {@link #FORMAT}
 * @param createdAt when the copied moment was, ISO-8601
 * @param expiresAt when it is over; absent: never
 * @param keys tells the keys of the vault it belongs to from others'
 * @param schema the last migration of the copied tables
 * @param incarnation of an event store: its life
 * @param position of an event store: its last position
 * @param refused of an event store: the last number a refused event was given; the events themselves are not copied
 * @param epochs of a vault: the epochs of keys without whose files it can't be read
 * @param erasuresHeard of a vault: how many entries of the ledger of erasures it had heard of
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Manifest(
        int format,
        BackupKind of,
        String createdAt,
        @Nullable String expiresAt,
        String keys,
        String schema,
        @Nullable Long incarnation,
        @Nullable Long position,
        @Nullable Long refused,
        @Nullable TreeSet<Short> epochs,
        @Nullable Long erasuresHeard,
        List<CopiedTable> tables) {

    static final int FORMAT = 1;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    public Manifest {
        tables = List.copyOf(tables);
    }

    /**
     * One table, in a file of rows as {@code COPY … (FORMAT binary)} writes them (PostgreSQL manual, "COPY").
     *
     * @param sha256 of the file, hexadecimal
     */
    public record CopiedTable(String table, List<String> columns, long rows, long bytes, String sha256) {

        String file() {
            return fileOf(table);
        }
    }

    static String fileOf(String table) {
        return table + ".copy";
    }

    /** Bytes of all tables. */
    public long bytes() {
        return tables.stream().mapToLong(CopiedTable::bytes).sum();
    }

    public long rows() {
        return tables.stream().mapToLong(CopiedTable::rows).sum();
    }

    /** Whether it may no longer be put back. */
    public boolean isOver(Instant now) {
        return expiresAt != null && !Instant.parse(expiresAt).isAfter(now);
    }

    byte[] toBytes() {
        try {
            return (JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n")
                    .getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts and numbers can always be written as JSON", e);
        }
    }

    /** @throws IOException when these are not the bytes of one */
    static Manifest ofBytes(byte[] bytes) throws IOException {
        return JSON.readValue(bytes, Manifest.class);
    }
}
