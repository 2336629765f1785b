package io.gamemetrics.infrastructure.privacy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The folder that holds what opens the vault: a key-encryption key for each epoch and the secret under which players are
 * looked up. It is kept apart from all data: whoever has only the databases can read nobody's events. Its loss is the
 * loss of every personal payload. Safe for concurrent use.
 */
public final class KeyDirectory {

    private final Path folder;
    private final KeyFiles files;
    private volatile NavigableMap<Short, byte[]> secrets;

    /** Epochs whose key here was found to be the vault's own. */
    private final Set<Short> fitting = ConcurrentHashMap.newKeySet();

    private KeyDirectory(Path folder) {
        this.folder = folder;
        this.files = new KeyFiles(folder);
        this.secrets = files.read();
    }

    /**
     * Reads the folder; one that is missing or empty is filled when the first vault opens with it.
     *
     * @throws KeysRefusedException when a file in it cannot be used
     */
    public static KeyDirectory at(Path folder) {
        return new KeyDirectory(folder);
    }

    /**
     * Refuses a key directory beside the data it protects: one backup would then hold both.
     *
     * @throws KeysRefusedException when {@code folder} is, or lies in, {@code dataFolder}
     */
    public static void requireOutside(Path dataFolder, Path folder) {
        if (KeyFiles.real(folder).startsWith(KeyFiles.real(dataFolder))) {
            throw new KeysRefusedException("The key directory " + folder + " lies inside the data folder " + dataFolder
                    + ": set GAMEMETRICS_KEY_DIR to a folder outside of it, on other storage and in other backups.");
        }
    }

    /**
     * Makes sure that this folder is the vault's, given what the vault remembers of its keys; makes the first keys when
     * both are new.
     *
     * @param known check values by epoch, as {@link #checkValues} gave them
     */
    void fit(Map<Short, byte[]> known) {
        reread();
        if (known.isEmpty()) {
            if (!secrets.containsKey(KeyFiles.LOOKUP)) {
                files.create(KeyFiles.LOOKUP);
            }
            if (secrets.tailMap((short) 1).isEmpty()) {
                files.create((short) 1);
            }
            reread();
            fitting.addAll(secrets.keySet());
            return;
        }
        requireHeld(known);
    }

    /**
     * Makes sure that this folder is the vault's without making anything.
     *
     * @param known check values by epoch, as {@link #checkValues} gave them
     * @throws KeysRefusedException when one of the keys is not here
     */
    void requireFit(Map<Short, byte[]> known) {
        reread();
        requireHeld(known);
    }

    private void requireHeld(Map<Short, byte[]> known) {
        Map<Short, byte[]> present = checkValues();
        known.forEach((epoch, check) -> {
            byte[] found = present.get(epoch);
            if (found == null || !Arrays.equals(found, check)) {
                throw new KeysRefusedException("The key directory " + folder + " does not hold "
                        + (epoch == KeyFiles.LOOKUP ? "the lookup secret" : "the key of epoch " + epoch)
                        + " with which this vault was filled: set GAMEMETRICS_KEY_DIR to the vault's own key directory"
                        + " or put its files back; nothing was changed.");
            }
            fitting.add(epoch);
        });
    }

    /** Whether {@link #requireFit} has found the key of the epoch here, and its file was not changed since. */
    boolean fits(short epoch) {
        return fitting.contains(epoch);
    }

    /** What a vault may remember of each key to know it again; gives nothing of the key away. */
    Map<Short, byte[]> checkValues() {
        Map<Short, byte[]> checks = new TreeMap<>();
        secrets.forEach((epoch, secret) -> checks.put(
                epoch,
                Arrays.copyOf(
                        Secrets.hmac(
                                new SecretKeySpec(secret, "HmacSHA256"),
                                ("gamemetrics:check:" + epoch).getBytes(StandardCharsets.US_ASCII)),
                        16)));
        return checks;
    }

    /**
     * The latest epoch that has a file here; it is made unless it is later than those the vault knows.
     *
     * @param known the latest epoch the vault has ever had
     */
    short laterThan(short known) {
        reread();
        if (secrets.isEmpty() || secrets.lastKey() <= known) {
            files.create((short) (known + 1));
            reread();
        }
        return secrets.lastKey();
    }

    /**
     * Makes sure that the key of an epoch is here: another process may have begun it.
     *
     * @throws KeysRefusedException when its file is not here
     */
    void requireKeyOf(short epoch) {
        if (!holds(epoch)) {
            reread();
        }
        if (!holds(epoch)) {
            throw noKeyOf(epoch);
        }
    }

    /** Whether this process knows the epoch's key. */
    boolean holds(short epoch) {
        return secrets.containsKey(epoch);
    }

    /**
     * What tells this vault's keys from others', hexadecimal; gives nothing of them away.
     *
     * @throws KeysRefusedException when there are none
     */
    public String fingerprint() {
        lookupSecret();
        return HexFormat.of().formatHex(checkValues().getOrDefault(KeyFiles.LOOKUP, new byte[0]));
    }

    /** Looks again which epochs have a file here; 0 is the lookup secret. */
    synchronized Set<Short> reread() {
        NavigableMap<Short, byte[]> found = files.read();
        fitting.removeIf(epoch -> !Arrays.equals(secrets.get(epoch), found.get(epoch)));
        secrets = found;
        return Set.copyOf(found.keySet());
    }

    /** Destroys the file of an epoch, here and in memory; again does nothing. */
    void destroy(short epoch) {
        files.destroy(epoch);
        reread();
    }

    /**
     * Wraps a secret under an epoch's key, tied to what it is for.
     *
     * @param epoch as the vault says: {@link KeyEpochRows#current}
     * @throws KeysRefusedException when its file is not here
     */
    WrappedKey wrap(Envelope envelope, short epoch, byte[] owner, byte[] secret) {
        byte[] key = secrets.get(epoch);
        if (key == null) {
            throw noKeyOf(epoch);
        }
        return new WrappedKey(epoch, envelope.seal(aes(key), owner, secret));
    }

    /**
     * Unwraps a secret.
     *
     * @throws KeysRefusedException when the epoch's key is not in the folder, or is not the one that wrapped it
     */
    byte[] unwrap(Envelope envelope, byte[] owner, WrappedKey wrapped) {
        byte[] key = secrets.get(wrapped.epoch());
        if (key == null) {
            // Another process may have begun an epoch since this one looked.
            reread();
            key = secrets.get(wrapped.epoch());
        }
        if (key == null) {
            throw noKeyOf(wrapped.epoch());
        }
        try {
            return envelope.open(aes(key), owner, wrapped.bytes());
        } catch (UnreadableEnvelopeException e) {
            throw new KeysRefusedException("A key in the vault does not open with epoch " + wrapped.epoch() + " of "
                    + folder + " (" + e.word() + "): the vault's database is damaged or was changed by hand.");
        }
    }

    private KeysRefusedException noKeyOf(short epoch) {
        return new KeysRefusedException(
                "The key directory " + folder + " has no key of epoch " + epoch + ": copy that epoch's file into it.");
    }

    /** The name by which a player's row is found: it says nothing without the lookup secret. */
    UUID playerHash(int gameNumber, byte[] playerId) {
        ByteBuffer message =
                ByteBuffer.allocate(4 + playerId.length).putInt(gameNumber).put(playerId);
        ByteBuffer hash =
                ByteBuffer.wrap(Secrets.hmac(new SecretKeySpec(lookupSecret(), "HmacSHA256"), message.array()));
        return new UUID(hash.getLong(), hash.getLong());
    }

    /** The key under which the ledger of erasures is chained. */
    SecretKey ledgerKey() {
        return Secrets.ledgerKey(lookupSecret());
    }

    /** What signs certificates; its key is made when it is asked for first. */
    Signer signer() {
        return files.signer();
    }

    /** The key under which people are named in the audit chain. */
    SecretKey auditKey() {
        return Secrets.auditKey(lookupSecret());
    }

    /**
     * Where the ledger of erasures lies.
     *
     * @param setting a folder of its own; blank: the folder {@code ledger} in this one
     */
    public Path ledgerFolder(String setting) {
        return setting.isBlank() ? folder.resolve("ledger") : Path.of(setting);
    }

    private byte[] lookupSecret() {
        byte[] secret = secrets.get(KeyFiles.LOOKUP);
        if (secret == null) {
            throw new KeysRefusedException("The key directory " + folder + " has no lookup.key: put its copy back.");
        }
        return secret;
    }

    private static SecretKey aes(byte[] key) {
        return new SecretKeySpec(key, "AES");
    }

    @Override
    public String toString() {
        return "KeyDirectory[" + folder + "]";
    }
}
