package io.gamemetrics.infrastructure.privacy;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * Makes sure, as often as a lease lasts, that the vault has heard of every erasure in the ledger. Only reads both. Safe for
 * concurrent use.
 */
final class HeardLedger {

    /** An erasure that is under way is in the ledger for a moment before the vault has it. */
    private static final long PATIENCE_NANOS = Duration.ofSeconds(2).toNanos();

    private static final long POLL_NANOS = Duration.ofMillis(25).toNanos();

    private final Transactions database;
    private final ErasureLedger ledger;
    private final LongSupplier nanoTime;
    private boolean isHeard;
    private long heardAtNanos;

    HeardLedger(Transactions database, ErasureLedger ledger, LongSupplier nanoTime) {
        this.database = database;
        this.ledger = ledger;
        this.nanoTime = nanoTime;
    }

    /**
     * @throws KeysRefusedException when the ledger lacks what the vault has heard of, or is damaged
     * @throws VaultUnavailableException when the vault lacks what the ledger says
     */
    synchronized void requireHeard() {
        long now = nanoTime.getAsLong();
        if (isHeard && now - heardAtNanos < PostgresVault.LEASE.toNanos()) {
            return;
        }
        isHeard = false;
        long began = System.nanoTime();
        while (!heardAll()) {
            if (System.nanoTime() - began > PATIENCE_NANOS) {
                throw new VaultUnavailableException(
                        "the vault was put back to older data and has not heard of every erasure yet: start the command side");
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        isHeard = true;
        heardAtNanos = now;
    }

    /** First the vault, then the ledger: what is added in between is asked for again. */
    private boolean heardAll() {
        ErasedRows.Heard heard = database.read(ErasedRows::heard);
        return ledger.after(heard.entries(), heard.mac()).isEmpty();
    }
}
