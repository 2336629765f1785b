package io.gamemetrics.infrastructure.privacy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * What has to be done to the vault when a copy of it is made, and when one is put back. Safe for concurrent use. Every method
 * throws {@link VaultUnavailableException} when the database does not answer.
 */
public final class VaultCopies {

    private final Transactions database;
    private final KeyDirectory keys;
    private final AuditChain audit;

    /** @param database one with the vault's tables */
    public VaultCopies(DataSource database, KeyDirectory keys) {
        this.database = new Transactions(database);
        this.keys = keys;
        this.audit = new AuditChain(this.database, keys);
    }

    /**
     * Makes sure that this key directory is that of the vault in the database, of which a copy is to be made.
     *
     * @throws KeysRefusedException when it is not
     * @throws VaultUnavailableException when nobody has opened a vault there
     */
    public void requireKeys() {
        database.read(connection -> {
            Map<Short, byte[]> known = isNone(connection) ? Map.of() : KeyEpochRows.read(connection);
            if (known.isEmpty()) {
                throw new VaultUnavailableException("nobody has opened the vault in its database yet");
            }
            keys.requireFit(known);
            return true;
        });
    }

    /** Adds to the audit what is about to be done with a copy; {@code action} as in {@link AuditChain#append}. */
    public void note(String action, String actor) {
        audit.append(action, null, null, actor);
    }

    /** Whether there is no vault in the database: nothing there remembers a key. */
    public boolean isNone() {
        return database.read(VaultCopies::isNone);
    }

    private static boolean isNone(Connection connection) throws SQLException {
        try (var select = connection.prepareStatement("SELECT to_regclass('key_epoch') IS NULL");
                var row = select.executeQuery()) {
            row.next();
            // A query on a table that is not there would be refused.
            return row.getBoolean(1) || KeyEpochRows.read(connection).isEmpty();
        }
    }

    /**
     * Has the vault that is there hear of every erasure.
     *
     * @throws KeysRefusedException when the keys are not its own, or the ledger lacks what it has heard of
     */
    public void hear(Path ledger) {
        database.write(connection -> {
            KeyEpochRows.lock(connection);
            keys.requireFit(KeyEpochRows.read(connection));
            Erasures.catchUp(connection, new ErasureLedger(ledger, keys));
            return true;
        });
    }

    /**
     * A request of data subjects that is not over.
     *
     * @param isKept whether the vault has its events too
     */
    public record OpenRequest(UUID request, boolean isKept) {}

    /** Those of the vault that is there, in the order they were made. */
    public List<OpenRequest> openRequests() {
        return database.read(connection -> {
            try (var select = connection.prepareStatement("SELECT k.request, EXISTS (SELECT FROM request_secret s"
                            + " WHERE s.request = k.request AND s.name = '" + RequestSecrets.STREAM + "')"
                            + " FROM request_key k WHERE k.part_of IS NULL AND k.wrapped_key IS NOT NULL"
                            + " ORDER BY k.made_at, k.request");
                    var rows = select.executeQuery()) {
                List<OpenRequest> open = new ArrayList<>();
                while (rows.next()) {
                    open.add(new OpenRequest(rows.getObject(1, UUID.class), rows.getBoolean(2)));
                }
                return open;
            }
        });
    }

    /** Has a request whose events nobody has any more kept all the same, until it is made again. */
    public void keepLost(UUID request) {
        new RequestSecrets(database, keys).put(request, RequestSecrets.LOST, new byte[0]);
    }

    /** Keeps every key file until then that a copy made from now on needs. */
    public void begin(Instant until) {
        database.write(connection -> {
            KeyEpochRows.lock(connection);
            KeyEpochRows.needed(connection, KeyEpochRows.read(connection).keySet(), until);
            return true;
        });
    }

    /** The epochs without whose key files a copy that is made by this connection can't be read. */
    public static Set<Short> epochs(Connection snapshot) throws SQLException {
        return new TreeSet<>(KeyEpochRows.wrapped(snapshot).keySet());
    }

    /** How many erasures the vault has heard of, as this connection sees it. */
    public static long heard(Connection snapshot) throws SQLException {
        try (var select = snapshot.prepareStatement("SELECT ledger_entries FROM vault");
                var row = select.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Those of the epochs whose key file is not here any more. */
    public List<Short> missing(Set<Short> epochs) {
        Set<Short> here = keys.reread();
        return epochs.stream().filter(epoch -> !here.contains(epoch)).sorted().toList();
    }

    /**
     * Makes sure, before what the database holds is given up for a copy, that {@link #putBack} refuses nothing of it.
     *
     * @param before what was given up for a copy that was not put back whole; half of that is there now
     * @return what the vault that is there knows, and what was known before; nothing when there is none, or it is of other keys
     * @throws KeysRefusedException when a key is another one than the copy's, or the ledger lacks what the copy, or the vault
     *     that is there, or was, has heard of
     */
    public CopiedVault requireFit(Path ledger, CopiedVault copy, Optional<CopiedVault> before) {
        Set<Short> here = keys.reread();
        Map<Short, byte[]> held = new TreeMap<>(copy.checks());
        // The files of those that wrap nothing in it may be gone.
        held.keySet().removeIf(epoch -> epoch != KeyFiles.LOOKUP && !here.contains(epoch));
        keys.requireFit(held);
        new ErasureLedger(ledger, keys).after(copy.heard(), copy.mac());
        CopiedVault there = database.read(this::there);
        CopiedVault known = before.map(there::andBefore).orElse(there);
        new ErasureLedger(ledger, keys).after(known.heard(), known.mac());
        return known;
    }

    private CopiedVault there(Connection connection) throws SQLException {
        CopiedVault nothing = new CopiedVault(Map.of(), 0, new byte[0]);
        // One that was put back halfway may have tables of long ago.
        try (var select = connection.prepareStatement(
                        "SELECT count(*) FROM information_schema.columns WHERE table_schema = current_schema()"
                                + " AND (table_name, column_name) IN (('vault', 'ledger_mac'), ('key_epoch', 'destroyed_at'))");
                var row = select.executeQuery()) {
            row.next();
            if (row.getInt(1) < 2) {
                return nothing;
            }
        }
        Map<Short, byte[]> checks = KeyEpochRows.read(connection);
        byte[] lookup = checks.get(KeyFiles.LOOKUP);
        byte[] own = keys.checkValues().get(KeyFiles.LOOKUP);
        if (lookup == null || !Arrays.equals(lookup, own)) {
            return nothing;
        }
        ErasedRows.Heard heard = ErasedRows.heard(connection);
        return new CopiedVault(checks, heard.entries(), heard.mac() == null ? new byte[0] : heard.mac());
    }

    /**
     * Makes a copy that was put back the vault: all that the ledger of erasures has and it has not is done again, and files of
     * epochs that were destroyed since are not asked for. An epoch that was begun since is one of it when the vault that was
     * there before knew its key; whatever else lies in the folder is not.
     *
     * @param neededUntil by when every other copy that may have been made of it is over
     * @param known what tells the keys of the vault that was there before, as {@link #requireFit} gave it
     * @return epochs that have a file in the folder and are none of this vault's, as far as anybody knows
     * @throws KeysRefusedException when the keys are not its own, or the ledger lacks what it has heard of
     */
    public Set<Short> putBack(Path ledger, Instant neededUntil, Map<Short, byte[]> known) {
        return database.write(connection -> {
            KeyEpochRows.lock(connection);
            Set<Short> wrapped = KeyEpochRows.wrapped(connection).keySet();
            for (short epoch : missing(KeyEpochRows.read(connection).keySet())) {
                if (epoch != KeyFiles.LOOKUP && !wrapped.contains(epoch)) {
                    KeyEpochRows.destroyed(connection, epoch);
                }
            }
            keys.requireFit(KeyEpochRows.read(connection));
            Map<Short, byte[]> here = keys.checkValues();
            Map<Short, byte[]> begunSince = new TreeMap<>(here);
            begunSince.entrySet().removeIf(key -> !Arrays.equals(key.getValue(), known.get(key.getKey())));
            KeyEpochRows.add(connection, begunSince);
            KeyEpochRows.needed(connection, KeyEpochRows.read(connection).keySet(), neededUntil);
            Erasures.catchUp(connection, new ErasureLedger(ledger, keys));
            Set<Short> strange = new TreeSet<>(here.keySet());
            strange.remove(KeyFiles.LOOKUP);
            KeyEpochRows.all(connection).forEach(own -> strange.remove(own.epoch()));
            return strange;
        });
    }
}
