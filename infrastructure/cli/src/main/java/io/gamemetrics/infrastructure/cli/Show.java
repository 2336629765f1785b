package io.gamemetrics.infrastructure.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Answers on the screen: JSON as it came, or tables for people. */
final class Show {

    private Show() {}

    static void json(PrintWriter out, JsonNode answer) {
        try {
            out.println(Surroundings.JSON.writerWithDefaultPrettyPrinter().writeValueAsString(answer));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not representable in JSON", e);
        }
    }

    /** One line an object, one column a field; a field that is absent or null stays empty. */
    static void table(PrintWriter out, JsonNode rows, List<String> columns) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(columns);
        for (JsonNode row : rows) {
            lines.add(columns.stream()
                    .map(column ->
                            row.path(column).isNull() ? "" : row.path(column).asText(""))
                    .toList());
        }
        for (List<String> line : lines) {
            StringBuilder text = new StringBuilder();
            for (int column = 0; column < columns.size(); column++) {
                int at = column;
                int width = lines.stream()
                        .mapToInt(each -> each.get(at).length())
                        .max()
                        .orElse(0);
                text.append(line.get(column))
                        .repeat(' ', width - line.get(column).length() + 2);
            }
            out.println(text.toString().stripTrailing());
        }
    }
}
