package io.gamemetrics.infrastructure.backups;

import io.gamemetrics.infrastructure.privacy.CopiedVault;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What backups of vaults say of the vault's keys, and of the ledger it had heard of: in their rows, not their manifests. */
final class CopiedVaults {

    private CopiedVaults() {}

    /** @throws BackupRefusedException when those rows can't be read */
    static CopiedVault of(BackupFolder backup, Manifest manifest) {
        Map<Short, byte[]> checks = new HashMap<>();
        for (Map<String, byte[]> epoch : rows(backup, manifest, "key_epoch")) {
            // As from a vault that is there: a destroyed one is not asked for.
            if (!epoch.containsKey("destroyed_at")) {
                checks.put(
                        ByteBuffer.wrap(value(backup, epoch, "epoch", Short.BYTES))
                                .getShort(),
                        value(backup, epoch, "check_value", 0));
            }
        }
        long heard = 0;
        byte[] mac = {};
        for (Map<String, byte[]> vault : rows(backup, manifest, "vault")) {
            // Not in those of before there was a ledger.
            if (vault.containsKey("ledger_entries")) {
                heard = ByteBuffer.wrap(value(backup, vault, "ledger_entries", Long.BYTES))
                        .getLong();
                mac = vault.getOrDefault("ledger_mac", mac);
            }
        }
        return new CopiedVault(checks, heard, mac);
    }

    private static List<Map<String, byte[]>> rows(BackupFolder backup, Manifest manifest, String table) {
        return manifest.tables().stream()
                .filter(copied -> copied.table().equals(table))
                .findFirst()
                .map(copied -> CopiedRows.of(backup, copied))
                .orElseThrow(() -> backup.damaged(Manifest.fileOf(table)));
    }

    private static byte[] value(BackupFolder backup, Map<String, byte[]> row, String column, int leastBytes) {
        byte[] value = row.get(column);
        if (value == null || value.length < leastBytes) {
            throw backup.damaged(BackupFolder.MANIFEST);
        }
        return value;
    }
}
