package io.gamemetrics.infrastructure.privacy;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.Optional;
import java.util.UUID;

/**
 * The proofs of requests that were completed, for good. Safe for concurrent use, also by several processes. Every method
 * throws {@link VaultUnavailableException} when the database does not answer.
 */
public final class Certificates {

    private final Transactions database;

    Certificates(Transactions database) {
        this.database = database;
    }

    /**
     * Keeps a certificate, unless there is one.
     *
     * @return the one that is kept: the first
     */
    public byte[] keep(UUID request, byte[] document) {
        database.write(connection -> {
            try (PreparedStatement insert = connection.prepareStatement(
                    "INSERT INTO certificate (request, document) VALUES (?, ?) ON CONFLICT DO NOTHING")) {
                insert.setObject(1, request);
                insert.setBytes(2, document);
                return insert.executeUpdate();
            }
        });
        return find(request).orElseThrow();
    }

    /** The request's certificate, byte for byte; empty when it has none, not yet or never. */
    public Optional<byte[]> find(UUID request) {
        return database.read(connection -> {
            try (PreparedStatement select =
                    connection.prepareStatement("SELECT document FROM certificate WHERE request = ?")) {
                select.setObject(1, request);
                try (ResultSet row = select.executeQuery()) {
                    return row.next() ? Optional.of(row.getBytes(1)) : Optional.empty();
                }
            }
        });
    }
}
