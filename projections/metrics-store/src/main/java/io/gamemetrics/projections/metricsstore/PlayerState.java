package io.gamemetrics.projections.metricsstore;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is known of one player: each of it a least or a latest. Used by one thread. */
final class PlayerState {

    /** As {@link #read} reads them, the first day among them, which follows from the others. */
    static final String COLUMNS =
            "stream, first_any_at, first_session_at, first_day, paid_at, acquisition," + " acquired_at, acquired_by";

    @Nullable
    UUID stream;

    @Nullable
    Instant firstAny;

    @Nullable
    Instant firstSession;

    @Nullable
    Instant paid;

    @Nullable
    String acquisition;

    @Nullable
    Instant acquiredAt;

    long acquiredBy;

    void acquired(@Nullable String from, @Nullable Instant at, long sequence) {
        if (from == null || at == null) {
            return;
        }
        int later = acquiredAt == null ? 1 : at.compareTo(acquiredAt);
        if (later == 0) {
            later = Long.compare(sequence, acquiredBy);
        }
        // Two streams of one person may well agree in both.
        if (later > 0 || (later == 0 && acquisition != null && from.compareTo(acquisition) > 0)) {
            acquisition = from;
            acquiredAt = at;
            acquiredBy = sequence;
        }
    }

    void merge(PlayerState other) {
        stream = stream == null ? other.stream : stream;
        firstAny = earlier(firstAny, other.firstAny);
        firstSession = earlier(firstSession, other.firstSession);
        paid = earlier(paid, other.paid);
        acquired(other.acquisition, other.acquiredAt, other.acquiredBy);
    }

    boolean says(PlayerState other) {
        return Objects.equals(firstAny, other.firstAny)
                && Objects.equals(firstSession, other.firstSession)
                && Objects.equals(paid, other.paid)
                && Objects.equals(acquisition, other.acquisition)
                && Objects.equals(acquiredAt, other.acquiredAt)
                && acquiredBy == other.acquiredBy;
    }

    @Nullable
    LocalDate firstDay(GameRow game) {
        return game.firstDay(Objects.requireNonNull(firstAny), firstSession);
    }

    void row(Columns columns, int number, int player, GameRow game) {
        columns.add(
                number,
                player,
                stream,
                text(firstAny),
                text(firstSession),
                text(firstDay(game)),
                text(paid),
                acquisition,
                text(acquiredAt),
                acquiredAt == null ? null : acquiredBy);
    }

    /** From the {@link #COLUMNS}, of which the first day is left out. */
    static PlayerState read(ResultSet row) throws SQLException {
        PlayerState player = new PlayerState();
        player.stream = row.getObject(1, UUID.class);
        player.firstAny = instant(row, 2);
        player.firstSession = instant(row, 3);
        player.paid = instant(row, 5);
        player.acquired(row.getString(6), instant(row, 7), row.getLong(8));
        return player;
    }

    static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isBefore(other) ? one : other;
    }

    private static @Nullable Instant instant(ResultSet rows, int column) throws SQLException {
        Timestamp value = rows.getTimestamp(column);
        return value == null ? null : value.toInstant();
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }
}
