package io.gamemetrics.infrastructure.privacy;

import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a vault, or a copy of one, remembers of its keys and of the ledger of erasures.
 *
 * @param checks what tells each key that had to be there, by epoch; gives nothing of it away
 * @param heard how many entries of the ledger it had heard of
 * @param mac the MAC of the last of them; empty when it had heard of none
 */
public record CopiedVault(Map<Short, byte[]> checks, long heard, byte[] mac) {

    public CopiedVault {
        checks = new TreeMap<>(checks);
    }

    /** With what was known before it; what both know of a key the one before says. */
    CopiedVault andBefore(CopiedVault before) {
        Map<Short, byte[]> all = new TreeMap<>(checks);
        all.putAll(before.checks);
        return heard > before.heard ? new CopiedVault(all, heard, mac) : new CopiedVault(all, before.heard, before.mac);
    }

    /** What tells this vault's keys from others', as {@link KeyDirectory#fingerprint}; empty when it was never opened. */
    public String fingerprint() {
        return HexFormat.of().formatHex(checks.getOrDefault(KeyFiles.LOOKUP, new byte[0]));
    }
}
