package io.gamemetrics.commandside.datasubject;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.gamemetrics.infrastructure.privacy.ExportSecrets;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What one read model gave of a subject, piece by piece as it lies in the vault: each a line that says what the tables are,
 * then a line a row. One piece is in memory at a time. Used by one thread.
 */
final class GatheredPart {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final TypeReference<LinkedHashMap<String, Object>> ROW = new TypeReference<>() {};

    private final ExportSecrets kept;
    private final UUID request;
    private final int subject;
    private final String part;
    private final Map<String, String> tables = new TreeMap<>();
    private final Map<String, BitSet> pieces = new HashMap<>();

    private GatheredPart(ExportSecrets kept, UUID request, int subject, String part) {
        this.kept = kept;
        this.request = request;
        this.subject = subject;
        this.part = part;
    }

    /** The part, looked through once; empty when there is none, or not any more. */
    static Optional<GatheredPart> of(ExportSecrets kept, UUID request, int subject, String part) throws IOException {
        Optional<Integer> count = kept.pieces(request, subject, part);
        if (count.isEmpty()) {
            return Optional.empty();
        }
        GatheredPart gathered = new GatheredPart(kept, request, subject, part);
        for (int number = 0; number < count.get(); number++) {
            int at = number;
            gathered.lines(number, line -> gathered.note(at, line));
        }
        return Optional.of(gathered);
    }

    /** What the tables are that have rows, in plain words, by name. */
    Map<String, String> tables() {
        Map<String, String> all = new TreeMap<>(tables);
        all.keySet().retainAll(pieces.keySet());
        return all;
    }

    /** Gives the rows of one table. */
    void forEach(String table, Archive.OneRow each) throws IOException {
        BitSet own = pieces.getOrDefault(table, new BitSet());
        for (int number = own.nextSetBit(0); number >= 0; number = own.nextSetBit(number + 1)) {
            lines(number, line -> {
                if (line.path("table").asText().equals(table) && line.has("row")) {
                    each.accept(JSON.convertValue(line.get("row"), ROW));
                }
            });
        }
    }

    private void note(int number, JsonNode line) {
        if (line.has("row")) {
            pieces.computeIfAbsent(line.path("table").asText(), any -> new BitSet())
                    .set(number);
        } else {
            line.properties()
                    .forEach(
                            table -> tables.put(table.getKey(), table.getValue().asText()));
        }
    }

    private interface Line {
        void accept(JsonNode line) throws IOException;
    }

    private void lines(int number, Line each) throws IOException {
        Optional<byte[]> piece = kept.piece(request, subject, part, number);
        if (piece.isEmpty()) {
            return;
        }
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new ByteArrayInputStream(piece.get()), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                each.accept(JSON.readTree(line));
            }
        }
    }
}
