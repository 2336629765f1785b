package io.gamemetrics.infrastructure.backups;

/** Is told how far a copy is, by the thread that copies. */
public interface CopyWatcher {

    /**
     * @param table what is being copied
     * @param bytes done so far, of all tables
     * @param expected about how many there will be
     */
    void copied(String table, long bytes, long expected);
}
