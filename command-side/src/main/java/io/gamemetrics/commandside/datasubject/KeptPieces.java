package io.gamemetrics.commandside.datasubject;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gamemetrics.infrastructure.privacy.KeptRecords;
import io.gamemetrics.infrastructure.privacy.KeptRecords.Kept;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Kept records as they lie in the vault: JSON, a line each, in pieces of about half a megabyte. Used by one thread. */
final class KeptPieces {

    private static final int PIECE_BYTES = 512 * 1024;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<LinkedHashMap<String, Object>> RECORD = new TypeReference<>() {};

    private final List<byte[]> pieces = new ArrayList<>();
    private final ByteArrayOutputStream open = new ByteArrayOutputStream();
    private long records;

    void add(Map<String, Object> record) {
        open.writeBytes(line(record));
        open.write('\n');
        records++;
        if (open.size() >= PIECE_BYTES) {
            endPiece();
        }
    }

    long records() {
        return records;
    }

    List<byte[]> all() {
        if (open.size() > 0) {
            endPiece();
        }
        return List.copyOf(pieces);
    }

    private void endPiece() {
        pieces.add(open.toByteArray());
        open.reset();
    }

    private static byte[] line(Map<String, Object> record) {
        try {
            return JSON.writeValueAsBytes(record);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts and numbers can always be written as JSON");
        }
    }

    /** Gives every record of what is kept, one piece in memory at a time; none when it was destroyed. */
    static void read(KeptRecords kept, Kept what, Archive.OneRow each) throws IOException {
        Optional<byte[]> piece = kept.piece(what, 0);
        for (int number = 1; piece.isPresent(); number++) {
            for (String line : new String(piece.get(), UTF_8).lines().toList()) {
                each.accept(JSON.readValue(line, RECORD));
            }
            piece = kept.piece(what, number);
        }
    }
}
