package io.gamemetrics.infrastructure.backups;

import io.gamemetrics.infrastructure.backups.Manifest.CopiedTable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks whether backups are what was written. Neither a database nor a key is needed for it. */
public final class Verification {

    private static final int BUFFER_BYTES = 1 << 16;

    private Verification() {}

    /**
     * What was found of one backup.
     *
     * @param manifest absent when it can't be trusted
     * @param problem one sentence; absent when it is whole and may be put back
     */
    public record Found(
            Path folder,
            @Nullable Manifest manifest,
            @Nullable String problem) {}

    /** Looks at every backup in a folder, or at the one it is. */
    public static List<Found> of(Path folder, Instant now, CopyWatcher watcher) {
        List<Found> found = new ArrayList<>();
        for (BackupFolder backup : Backups.in(folder)) {
            try {
                Manifest manifest = read(backup, watcher);
                found.add(new Found(
                        backup.path(),
                        manifest,
                        manifest.isOver(now) ? "It was over at " + manifest.expiresAt() + ": delete it." : null));
            } catch (BackupRefusedException e) {
                found.add(new Found(backup.path(), null, e.getMessage()));
            }
        }
        return found;
    }

    /**
     * Reads all of a backup.
     *
     * @throws BackupRefusedException when any byte of it is not what was written, or it is not of the vault it names
     */
    static Manifest read(BackupFolder backup, CopyWatcher watcher) {
        Manifest manifest = backup.manifest();
        long before = 0;
        for (CopiedTable table : manifest.tables()) {
            String found;
            try {
                found = sum(backup.file(table), table.table(), before, manifest.bytes(), watcher);
            } catch (IOException e) {
                throw backup.damaged(table.file());
            }
            if (!found.equals(table.sha256())) {
                throw backup.damaged(table.file());
            }
            before += table.bytes();
        }
        if (manifest.of() == BackupKind.VAULT
                && !CopiedVaults.of(backup, manifest).fingerprint().equals(manifest.keys())) {
            throw new BackupRefusedException("The backup in " + backup.path()
                    + " says that it belongs to other keys than the vault that was copied: take another one.");
        }
        return manifest;
    }

    private static String sum(Path file, String table, long before, long all, CopyWatcher watcher) throws IOException {
        MessageDigest digest = BackupFolder.sha256();
        long done = before;
        try (InputStream in = Files.newInputStream(file)) {
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
                done += read;
                watcher.copied(table, done, all);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
