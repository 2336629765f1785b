package io.gamemetrics.infrastructure.privacy;

import io.gamemetrics.infrastructure.privacy.GameRows.GameRow;
import io.gamemetrics.sharedkernel.ids.GameId;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Games, on lease or from the database. Safe for concurrent use. */
final class Games {

    private final Transactions database;
    private final GameRows rows;
    private final Leases<GameId, GameRow> byId;
    private final Leases<Integer, GameRow> byNumber;

    Games(Transactions database, GameRows rows, int mostLeases, LongSupplier nanoTime) {
        this.database = database;
        this.rows = rows;
        this.byId = new Leases<>(PostgresVault.LEASE, mostLeases, nanoTime);
        this.byNumber = new Leases<>(PostgresVault.LEASE, mostLeases, nanoTime);
    }

    /** Absent when there is none. */
    @Nullable
    GameRow find(GameId game) {
        GameRow leased = byId.get(game);
        if (leased != null) {
            return leased;
        }
        long before = byId.now();
        GameRow read = database.<@Nullable GameRow>read(connection -> rows.byId(connection, game));
        if (read != null) {
            byId.put(game, read, before);
        }
        return read;
    }

    /** Makes the next look at this game ask the database. */
    private void end(int number) {
        byNumber.end(number);
    }

    /** Absent when there is none. */
    @Nullable
    GameRow find(int number) {
        GameRow leased = byNumber.get(number);
        if (leased != null) {
            return leased;
        }
        long before = byNumber.now();
        GameRow read = database.<@Nullable GameRow>read(connection -> rows.byNumber(connection, number));
        if (read != null) {
            byNumber.put(number, read, before);
        }
        return read;
    }

    /** @throws IllegalArgumentException when there is no game of this number */
    DataKey rejectionKey(int number, KeyDirectory keys) {
        GameRow game = find(number);
        if (game != null && !keys.holds(game.rejectionKey().epoch())) {
            // Wrapped anew since it was read, and the epoch destroyed.
            end(number);
            game = find(number);
        }
        if (game == null) {
            throw new IllegalArgumentException("the vault has no game with this number: " + number);
        }
        return rows.rejectionKey(game);
    }
}
