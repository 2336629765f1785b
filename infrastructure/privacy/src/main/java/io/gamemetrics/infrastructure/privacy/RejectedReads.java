package io.gamemetrics.infrastructure.privacy;

import io.gamemetrics.sharedkernel.ids.GameId;
import java.sql.PreparedStatement;
import javax.sql.DataSource;

/**
 * Remembers for good, in the vault's own database, who read refused events as they were sent. The database refuses to
 * change a row. Safe for concurrent use.
 */
public final class RejectedReads {

    private final Transactions database;

    /** @param database the vault's */
    public RejectedReads(DataSource database) {
        this.database = new Transactions(database);
    }

    /**
     * Records a read; it is on disk when this returns. Comes before anything that was read is handed out.
     *
     * @param reader who reads: the subject of their token, not empty
     * @param entry the event's id in the log of refused events
     * @throws VaultUnavailableException when it was not recorded
     */
    public void record(String reader, GameId game, long entry) {
        if (reader.isBlank()) {
            throw new IllegalArgumentException("a read must be by somebody: the reader's name is empty");
        }
        database.write(connection -> {
            try (PreparedStatement insert =
                    connection.prepareStatement("INSERT INTO rejected_read (reader, game, entry) VALUES (?, ?, ?)")) {
                insert.setString(1, reader);
                insert.setString(2, game.value());
                insert.setLong(3, entry);
                return insert.executeUpdate();
            }
        });
    }
}
