package io.gamemetrics.commandside.datasubject;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A ZIP that is written while it is sent: each table once as JSON and once as CSV, and in the end what all of it is. Rows are
 * read once for each, so none has to be held. Used by one thread.
 */
final class Archive {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ZipOutputStream zip;
    private final List<File> files = new ArrayList<>();

    Archive(OutputStream out) {
        this.zip = new ZipOutputStream(out, UTF_8);
    }

    /** A file in it. */
    record File(String name, long rows, String about) {}

    /** Gives all rows, each time from the first. */
    @FunctionalInterface
    interface Rows {

        void forEach(OneRow each) throws IOException;
    }

    /** Takes a row. */
    @FunctionalInterface
    interface OneRow {

        void accept(Map<String, ?> row) throws IOException;
    }

    /**
     * Writes a table; nothing when it has no rows.
     *
     * @param name of the files, without what says the format
     * @param about what it is, in plain words
     */
    void table(String name, String about, Rows rows) throws IOException {
        Set<String> columns = new LinkedHashSet<>();
        long[] count = {0};
        rows.forEach(row -> {
            if (count[0]++ == 0) {
                zip.putNextEntry(new ZipEntry(name + ".json"));
                write("[\n");
            } else {
                write(",\n");
            }
            columns.addAll(row.keySet());
            zip.write(JSON.writeValueAsBytes(row));
        });
        if (count[0] == 0) {
            return;
        }
        write("\n]\n");
        zip.closeEntry();
        files.add(new File(name + ".json", count[0], about));
        zip.putNextEntry(new ZipEntry(name + ".csv"));
        write(Csv.header(columns));
        rows.forEach(row -> write(Csv.line(columns, row)));
        zip.closeEntry();
        files.add(new File(name + ".csv", count[0], "The same as a table."));
    }

    void text(String name, String text) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        write(text);
        zip.closeEntry();
    }

    void json(String name, Object value) throws IOException {
        text(name, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(value) + "\n");
    }

    /** What was written so far. */
    Collection<File> files() {
        return List.copyOf(files);
    }

    /** Ends it; the stream stays open. */
    void finish() throws IOException {
        zip.finish();
        zip.flush();
    }

    private void write(String text) throws IOException {
        zip.write(text.getBytes(UTF_8));
    }
}
