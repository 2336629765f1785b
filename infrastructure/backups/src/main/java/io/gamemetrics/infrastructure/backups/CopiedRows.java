package io.gamemetrics.infrastructure.backups;

import io.gamemetrics.infrastructure.backups.Manifest.CopiedTable;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the file of a small table without a database (PostgreSQL manual, "COPY", "Binary Format"). */
final class CopiedRows {

    private static final byte[] SIGNATURE = "PGCOPY\n\u00ff\r\n\0".getBytes(StandardCharsets.ISO_8859_1);

    /** A larger one is none of those that are read like this. */
    private static final long MAX_BYTES = 1 << 24;

    private CopiedRows() {}

    /**
     * All rows of the table, each a column's bytes by its name as the database sends them; columns that are null are left out.
     *
     * @throws BackupRefusedException when the file is none that {@code COPY} writes of this table
     */
    static List<Map<String, byte[]>> of(BackupFolder backup, CopiedTable table) {
        try {
            if (Files.size(backup.file(table)) > MAX_BYTES) {
                throw backup.damaged(table.file());
            }
            try (DataInputStream in =
                    new DataInputStream(new BufferedInputStream(Files.newInputStream(backup.file(table))))) {
                if (!Arrays.equals(in.readNBytes(SIGNATURE.length), SIGNATURE)) {
                    throw backup.damaged(table.file());
                }
                in.readInt(); // flags
                in.skipNBytes(in.readInt()); // what newer formats say
                List<Map<String, byte[]>> rows = new ArrayList<>();
                for (int columns = in.readShort(); columns >= 0; columns = in.readShort()) {
                    if (columns != table.columns().size()) {
                        throw backup.damaged(table.file());
                    }
                    rows.add(row(in, table.columns()));
                }
                return rows;
            }
        } catch (IOException e) {
            throw backup.damaged(table.file());
        }
    }

    private static Map<String, byte[]> row(DataInputStream in, List<String> columns) throws IOException {
        Map<String, byte[]> row = new HashMap<>();
        for (String column : columns) {
            int length = in.readInt();
            if (length >= 0) {
                byte[] value = in.readNBytes((int) Math.min(length, MAX_BYTES));
                if (value.length != length) {
                    throw new IOException("the file ends within a value");
                }
                row.put(column, value);
            }
        }
        return row;
    }
}
