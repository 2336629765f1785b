package io.gamemetrics.infrastructure.privacy;

import io.gamemetrics.infrastructure.privacy.ErasedRows.Erased;
import io.gamemetrics.infrastructure.privacy.ErasedRows.Heard;
import io.gamemetrics.infrastructure.privacy.ErasureLedger.Entry;
import io.gamemetrics.infrastructure.privacy.ErasureLedger.Kind;
import io.gamemetrics.sharedkernel.ids.PlayerId;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What an erasure does to the vault. Each step is in the ledger of erasures, on disk, before the vault knows of it, so
 * whatever data the vault is restored to, it hears of every erasure before it answers anybody. Every step may be repeated.
 * Safe for concurrent use, also by several processes.
 *
 * <p>Every method throws {@link VaultUnavailableException} when the database or the ledger can't be written, and {@link
 * KeysRefusedException} when the ledger is not the vault's own or is damaged.
 */
public final class Erasures {

    private final Transactions database;
    private final KeyDirectory keys;
    private final ErasureLedger ledger;
    private final BiConsumer<Integer, PlayerId> changed;
    private final Consumer<UUID> destroyed;

    /**
     * @param changed is told of an id whose standing changed, to end its lease here
     * @param destroyed is told of a stream whose key is gone, to end its lease here
     */
    Erasures(
            Transactions database,
            KeyDirectory keys,
            ErasureLedger ledger,
            BiConsumer<Integer, PlayerId> changed,
            Consumer<UUID> destroyed) {
        this.database = database;
        this.keys = keys;
        this.ledger = ledger;
        this.changed = changed;
        this.destroyed = destroyed;
    }

    /** What came of a wish to let a player back in. */
    public enum Readmission {
        READMITTED,
        /** They were not erased, or were readmitted before: nothing changes. */
        NOT_ERASED,
        /** Their erasure is not over. */
        BEING_ERASED
    }

    /** Hears of what the ledger has and the vault has not: before the first answer, and before each new entry. */
    void catchUp() {
        synchronized (ledger) {
            database.write(connection -> {
                catchUp(connection);
                return true;
            });
        }
    }

    /**
     * Begins the erasure of an id, whether the vault knows it or not. From now on nobody is made for it, and what it
     * sends is refused: here at once, elsewhere when leases are over. Its key stays until {@link #destroy}.
     *
     * @return when it began: the first time, however often it is asked for
     */
    public Instant begin(int game, PlayerId player) {
        UUID hash = hash(game, player);
        Instant at = inTurn(connection -> {
            Erased before = ErasedRows.of(connection, game, hash);
            if (before != null && !before.isReadmitted()) {
                return before.erasedAt();
            }
            return record(connection, Kind.BEGUN, game, hash, before == null ? 1 : before.times() + 1);
        });
        changed.accept(game, player);
        return at;
    }

    /** When the last erasure of an id began; empty when it was never erased. */
    public Optional<Instant> erasedAt(int game, PlayerId player) {
        UUID hash = hash(game, player);
        return database.read(connection ->
                Optional.ofNullable(ErasedRows.of(connection, game, hash)).map(Erased::erasedAt));
    }

    /**
     * Streams of players whose erasure was begun and whose key is there still, in a stable order.
     *
     * @param after the last one seen; absent: from the first
     */
    public List<UUID> begun(@Nullable UUID after, int most) {
        return database.read(connection -> ErasedRows.begun(connection, after, most));
    }

    /**
     * Destroys the key of the id's stream, and the way from the person to it. Here at once, elsewhere when leases are
     * over. The old row lies in the database's files until they are vacuumed and in its log until that is recycled.
     *
     * @param stream the player's, for its lease
     * @throws IllegalStateException when the erasure was not begun
     */
    public void destroy(int game, PlayerId player, UUID stream) {
        UUID hash = hash(game, player);
        inTurn(connection -> {
            Erased begun = ErasedRows.of(connection, game, hash);
            if (begun == null || begun.isReadmitted()) {
                throw new IllegalStateException("an erasure must be begun before its key is destroyed");
            }
            if (isHeld(connection, game, hash)) {
                record(connection, Kind.ERASED, game, hash, begun.times());
            }
            return true;
        });
        changed.accept(game, player);
        destroyed.accept(stream);
    }

    /** Lets an erased player back in: under a new pseudonym, and only with what occurs after their erasure. */
    public Readmission readmit(int game, PlayerId player) {
        UUID hash = hash(game, player);
        Readmission came = inTurn(connection -> {
            Erased erased = ErasedRows.of(connection, game, hash);
            if (erased == null || erased.isReadmitted()) {
                return Readmission.NOT_ERASED;
            }
            if (isHeld(connection, game, hash)) {
                return Readmission.BEING_ERASED;
            }
            record(connection, Kind.READMITTED, game, hash, erased.times());
            return Readmission.READMITTED;
        });
        changed.accept(game, player);
        return came;
    }

    private <T> T inTurn(Transactions.Work<T> work) {
        // The database's lock orders processes; the ledger's place in the file belongs to this one.
        synchronized (ledger) {
            return database.write(connection -> {
                catchUp(connection);
                return work.on(connection);
            });
        }
    }

    private void catchUp(Connection connection) throws SQLException {
        catchUp(connection, ledger);
    }

    /** Does to the vault what the ledger has and the vault has not. */
    static void catchUp(Connection connection, ErasureLedger ledger) throws SQLException {
        Heard heard = ErasedRows.lockHeard(connection);
        var unheard = ledger.after(heard.entries(), heard.mac());
        for (Entry entry : unheard) {
            ErasedRows.apply(connection, entry);
        }
        if (!unheard.isEmpty()) {
            ErasedRows.heard(connection, ledger.head());
        }
    }

    private Instant record(Connection connection, Kind kind, int game, UUID hash, int times) throws SQLException {
        Entry entry = new Entry(ledger.head().entries() + 1, ErasedRows.now(connection), kind, game, hash, times);
        ErasedRows.heard(connection, ledger.append(entry));
        ErasedRows.apply(connection, entry);
        return entry.at();
    }

    private static boolean isHeld(Connection connection, int game, UUID hash) throws SQLException {
        try (var select = connection.prepareStatement("SELECT FROM subject WHERE game = ? AND player_hash = ?")) {
            select.setInt(1, game);
            select.setObject(2, hash);
            try (var rows = select.executeQuery()) {
                return rows.next();
            }
        }
    }

    private UUID hash(int game, PlayerId player) {
        return keys.playerHash(game, player.value().getBytes(StandardCharsets.UTF_8));
    }
}
