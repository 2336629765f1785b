package io.gamemetrics.projections.runtime;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gamemetrics.infrastructure.erasures.ErasureOrder;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * Takes the rows of one person from one read model and hands them on piece by piece, so that however many there are, one piece
 * is in memory. A piece is a line of JSON that says what the tables are, then one {@code {"table","row"}} a line. Used by one
 * thread.
 */
final class ExportPart implements Exporting.Rows {

    /** A piece is handed on when it has come to this. */
    static final int PIECE_BYTES = 512 * 1024;

    /** More pieces of one read model are not kept of one person. */
    static final int MOST_PIECES = 400;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ErasureQuestions.KeepsParts keeper;
    private final ErasureOrder order;
    private final String part;
    private final byte[] about;
    private final ByteArrayOutputStream piece = new ByteArrayOutputStream();
    private final Map<String, Long> rows = new TreeMap<>();
    private int pieces;

    ExportPart(ErasureQuestions.KeepsParts keeper, ErasureOrder order, String part, Map<String, String> tables) {
        this.keeper = keeper;
        this.order = order;
        this.part = part;
        this.about = line(tables);
        piece.writeBytes(about);
    }

    @Override
    public void add(String table, Map<String, ?> row) {
        byte[] line = line(Map.of("table", table, "row", row));
        if (piece.size() > about.length && piece.size() + line.length > PIECE_BYTES) {
            if (pieces == MOST_PIECES - 1) {
                throw new IllegalStateException("more is held of one person than one export has room for: " + part);
            }
            hand(false);
        }
        piece.writeBytes(line);
        rows.merge(table, 1L, Long::sum);
    }

    /**
     * Hands the rest on.
     *
     * @return how many rows it was, by table
     */
    Map<String, Long> end() {
        hand(true);
        return rows;
    }

    private void hand(boolean isLast) {
        keeper.keep(order.request(), order.subject(), part, pieces++, piece.toByteArray(), isLast);
        piece.reset();
        piece.writeBytes(about);
    }

    private static byte[] line(Object value) {
        try {
            return (JSON.writeValueAsString(value) + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            // Its message repeats what was to be written.
            throw new IllegalStateException("a row must be texts, numbers and truth values");
        }
    }
}
