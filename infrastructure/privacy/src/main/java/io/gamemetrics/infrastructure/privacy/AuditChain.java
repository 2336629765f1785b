package io.gamemetrics.infrastructure.privacy;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What was done for data subjects, for good: a chain in the vault's database, each entry's SHA-256 over the one before it
 * and its own text. Whoever keeps a {@link Head} can tell later whether anything before it was changed or taken out. Holds
 * nothing personal: who did it is a keyed hash, the same each time. Safe for concurrent use, also by several processes.
 * Every method throws {@link VaultUnavailableException} when the database does not answer.
 */
public final class AuditChain {

    private static final byte[] BEGINNING = new byte[32];
    private static final int ACTOR_BYTES = 16;
    private static final int PAGE = 1_000;

    private final Transactions database;
    private final KeyDirectory keys;

    AuditChain(Transactions database, KeyDirectory keys) {
        this.database = database;
        this.keys = keys;
    }

    /** The last entry: its number, and the hash over everything, hexadecimal. Number 0 when there is none. */
    public record Head(long entries, String hash) {}

    /**
     * What a look through the whole chain found.
     *
     * @param entries how many there are
     * @param head hash of the last, hexadecimal
     * @param brokenAt the first that does not follow from those before it; absent: all do
     */
    public record Verified(
            long entries, String head, @Nullable Long brokenAt) {

        public boolean intact() {
            return brokenAt == null;
        }
    }

    /**
     * Adds an entry; on disk when this returns.
     *
     * @param action lower-case words with dots and hyphens, for example {@code request.execute}
     * @param subject which of the request's; the epoch, where an entry without request is of one; absent: all of it
     * @param actor the token's subject or the key's id; kept as a keyed hash only
     */
    public Head append(String action, @Nullable UUID request, @Nullable Integer subject, String actor) {
        byte[] by = Arrays.copyOf(Secrets.hmac(keys.auditKey(), actor.getBytes(StandardCharsets.UTF_8)), ACTOR_BYTES);
        return database.write(connection -> {
            try (Statement lock = connection.createStatement()) {
                lock.execute("LOCK TABLE audit_chain IN SHARE ROW EXCLUSIVE MODE");
            }
            Head head = head(connection);
            Entry entry = new Entry(head.entries() + 1, ErasedRows.now(connection), action, request, subject, by);
            byte[] hash = entry.hash(HexFormat.of().parseHex(head.hash()));
            insert(connection, entry, hash);
            return new Head(entry.number(), HexFormat.of().formatHex(hash));
        });
    }

    /** Where the chain ends now. */
    public Head head() {
        return database.read(AuditChain::head);
    }

    /** Looks through the whole chain, a page at a time. */
    public Verified verify() {
        byte[] before = BEGINNING;
        long entries = 0;
        while (true) {
            Page page = page(entries, before);
            entries += page.entries();
            before = page.hash();
            if (page.brokenAt() != null || page.entries() < PAGE) {
                return new Verified(entries, HexFormat.of().formatHex(before), page.brokenAt());
            }
        }
    }

    private record Page(long entries, byte[] hash, @Nullable Long brokenAt) {}

    private Page page(long after, byte[] before) {
        return database.read(connection -> {
            byte[] hash = before;
            long entries = 0;
            try (PreparedStatement select = connection.prepareStatement("SELECT number, at, action, request, subject,"
                    + " actor, hash FROM audit_chain WHERE number > ? ORDER BY number LIMIT ?")) {
                select.setLong(1, after);
                select.setInt(2, PAGE);
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        Entry entry = Entry.of(rows);
                        hash = entry.hash(hash);
                        if (entry.number() != after + entries + 1 || !Arrays.equals(hash, rows.getBytes(7))) {
                            return new Page(entries, hash, after + entries + 1);
                        }
                        entries++;
                    }
                }
            }
            return new Page(entries, hash, null);
        });
    }

    private static Head head(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                        "SELECT number, hash FROM audit_chain ORDER BY number DESC LIMIT 1");
                ResultSet row = select.executeQuery()) {
            return row.next()
                    ? new Head(row.getLong(1), HexFormat.of().formatHex(row.getBytes(2)))
                    : new Head(0, HexFormat.of().formatHex(BEGINNING));
        }
    }

    private static void insert(Connection connection, Entry entry, byte[] hash) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO audit_chain (number, at, action,"
                + " request, subject, actor, hash) VALUES (?, ?, ?, ?, ?, ?, ?)")) {
            insert.setLong(1, entry.number());
            insert.setObject(2, entry.at().atOffset(ZoneOffset.UTC));
            insert.setString(3, entry.action());
            insert.setObject(4, entry.request());
            insert.setObject(5, entry.subject());
            insert.setBytes(6, entry.actor());
            insert.setBytes(7, hash);
            insert.executeUpdate();
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Entry(
            long number,
            Instant at,
            String action,
            @Nullable UUID request,
            @Nullable Integer subject,
            byte[] actor) {

        private static Entry of(ResultSet row) throws SQLException {
            return new Entry(
                    row.getLong(1),
                    row.getObject(2, OffsetDateTime.class).toInstant(),
                    row.getString(3),
                    row.getObject(4, UUID.class),
                    row.getObject(5, Integer.class),
                    row.getBytes(6));
        }

        private byte[] hash(byte[] before) {
            String text = "%d %s %s %s %s %s"
                    .formatted(
                            number, at, action, request, subject, HexFormat.of().formatHex(actor));
            try {
                MessageDigest digest = MessageDigest.getInstance("SHA-256");
                digest.update(before);
                return digest.digest(text.getBytes(StandardCharsets.UTF_8));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("this Java has no SHA-256", e);
            }
        }
    }
}
