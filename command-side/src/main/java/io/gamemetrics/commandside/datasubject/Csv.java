package io.gamemetrics.commandside.datasubject;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lines of a table as RFC 4180 has them. A text that a spreadsheet would take for a formula gets an apostrophe before it,
 * so that nobody who opens the file runs what a player once typed.
 */
final class Csv {

    private static final String FORMULA_BEGINS = "=+-@\t\r";
    private static final ObjectMapper JSON = new ObjectMapper();

    private Csv() {}

    static String header(Collection<String> columns) {
        StringBuilder line = new StringBuilder();
        columns.forEach(column -> cell(line, column));
        return line.append("\r\n").toString();
    }

    /** @param row values by column; one that is absent is an empty cell */
    static String line(Collection<String> columns, Map<String, ?> row) {
        StringBuilder line = new StringBuilder();
        columns.forEach(column -> cell(line, row.get(column)));
        return line.append("\r\n").toString();
    }

    private static void cell(StringBuilder line, @Nullable Object value) {
        if (!line.isEmpty()) {
            line.append(',');
        }
        String text = text(value);
        boolean isFormula =
                !(value instanceof Number) && !text.isEmpty() && FORMULA_BEGINS.indexOf(text.charAt(0)) >= 0;
        // Quoted always: then an empty first cell is something too.
        line.append('"')
                .append(isFormula ? "'" : "")
                .append(text.replace("\"", "\"\""))
                .append('"');
    }

    private static String text(@Nullable Object value) {
        return switch (value) {
            case null -> "";
            case Map<?, ?> map -> json(map);
            case Collection<?> list -> json(list);
            default -> value.toString();
        };
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was read as JSON can be written as JSON");
        }
    }
}
