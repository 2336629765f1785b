package io.gamemetrics.projections.metricsstore;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Refuses a question that reaches back to what is no longer kept. Used by one thread, for one question. */
final class Kept {

    private final Connection connection;
    private final GameRow game;
    private @Nullable Instant from;
    private @Nullable Instant to;

    Kept(Connection connection, GameRow game) {
        this.connection = connection;
        this.game = game;
    }

    /**
     * The question needs what days add up to.
     *
     * @throws NoLongerKeptException when that is not there of the first day it needs
     */
    void days(LocalDate first) {
        LocalDate daysFrom = game.daysFrom();
        if (daysFrom != null && first.isBefore(daysFrom)) {
            throw new NoLongerKeptException(game.startOf(daysFrom));
        }
    }

    /**
     * The question needs the events themselves.
     *
     * @throws NoLongerKeptException when the game had some in that time that are not there
     */
    void events(Instant first, Instant end) throws SQLException {
        this.from = first;
        this.to = end;
        Instant keptFrom = eventsFrom(connection, game);
        if (keptFrom == null || !first.isBefore(keptFrom)) {
            return;
        }
        Instant began = began(connection, game);
        if (began != null && began.isBefore(keptFrom) && began.isBefore(end)) {
            throw new NoLongerKeptException(keptFrom);
        }
    }

    /** Once more, when the answer is there: events may have been dropped while it was sought. In a new snapshot. */
    void stillThere() throws SQLException {
        if (from != null && to != null) {
            events(from, to);
        }
    }

    /** From when on all the game's events, and its days, are there; absent: always. */
    static @Nullable Instant eventsFrom(Connection connection, GameRow game) throws SQLException {
        Instant horizon = EventHorizon.read(connection).keptFrom();
        LocalDate daysFrom = game.daysFrom();
        Instant days = daysFrom == null ? null : game.startOf(daysFrom);
        return horizon == null || (days != null && horizon.isBefore(days)) ? days : horizon;
    }

    /** When the game's first event occurred; absent: it had none. */
    private static @Nullable Instant began(Connection connection, GameRow game) throws SQLException {
        @Nullable Instant[] first = {null};
        new Sql()
                .add("SELECT min(first_at) FROM event_name WHERE game = ?", game.number())
                .forEach(connection, row -> {
                    var at = row.getTimestamp(1);
                    first[0] = at == null ? null : at.toInstant();
                });
        return first[0];
    }
}
