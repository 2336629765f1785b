package io.gamemetrics.infrastructure.privacy;

import io.gamemetrics.sharedkernel.ids.GameId;
import io.gamemetrics.sharedkernel.ids.Pseudonym;
import java.sql.PreparedStatement;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * The audit in the vault's own database: wherever an id can be read, the reading can be recorded. The database refuses to
 * change a row.
 */
public final class PostgresReadAudit implements ReadAudit {

    /** More pseudonyms than this are recorded in several rows. */
    static final int MOST_IN_A_ROW = 1_000;

    private final Transactions database;

    /** @param database the vault's; {@code INSERT} on the table {@code read_audit} is all its user needs */
    public PostgresReadAudit(DataSource database) {
        this.database = new Transactions(database);
    }

    @Override
    public void record(String reader, GameId game, Field field, Collection<Pseudonym> read) {
        if (reader.isBlank()) {
            throw new IllegalArgumentException("a read must be by somebody: the reader's name is empty");
        }
        List<UUID> pseudonyms = read.stream().map(Pseudonym::value).distinct().toList();
        if (pseudonyms.isEmpty()) {
            return;
        }
        database.write(connection -> {
            try (PreparedStatement insert = connection.prepareStatement(
                    "INSERT INTO read_audit (reader, game, field, pseudonyms) VALUES (?, ?, ?, ?)")) {
                for (int next = 0; next < pseudonyms.size(); next += MOST_IN_A_ROW) {
                    List<UUID> row = pseudonyms.subList(next, Math.min(pseudonyms.size(), next + MOST_IN_A_ROW));
                    insert.setString(1, reader);
                    insert.setString(2, game.value());
                    insert.setString(3, field.name());
                    insert.setArray(4, connection.createArrayOf("uuid", row.toArray()));
                    insert.addBatch();
                }
                return insert.executeBatch();
            }
        });
    }
}
