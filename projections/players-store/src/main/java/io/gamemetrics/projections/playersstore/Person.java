package io.gamemetrics.projections.playersstore;

import io.gamemetrics.projections.playersstore.PlayerFold.Latest;
import io.gamemetrics.sharedkernel.ids.Pseudonym;
import io.gamemetrics.sharedkernel.money.Revenue;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The rows of all players who are one person, put together. Used by one thread. */
final class Person {

    private static final String SQL =
            "WITH who AS (SELECT coalesce((SELECT person FROM player WHERE player = ? AND game = ?), ?) AS person)"
                    + " SELECT p.*, who.person AS is FROM who JOIN player p ON p.player = who.person AND p.game = ?"
                    + " UNION ALL"
                    + " SELECT p.*, who.person AS is FROM who JOIN player p ON p.person = who.person AND p.game = ?";

    private final List<UUID> players = new ArrayList<>();
    private UUID person;

    private @Nullable Instant firstEvent;
    private @Nullable Instant lastEvent;
    private @Nullable Instant firstSession;
    private @Nullable Instant lastSession;
    private long sessions;
    private long lengths;
    private BigDecimal lengthMillis = BigDecimal.ZERO;
    private long purchases;
    private long achievements;
    private final Latest<String> acquisition = new Latest<>();
    private final Latest<String> platform = new Latest<>();
    private final Latest<String> country = new Latest<>();
    private final Latest<String> appVersion = new Latest<>();

    private Person(UUID asked) {
        this.person = asked;
    }

    /** The person this player is; without players when nothing of them is known. */
    static Person read(Connection connection, GameRow game, UUID player) throws SQLException {
        Person found = new Person(player);
        try (PreparedStatement select = connection.prepareStatement(SQL)) {
            select.setObject(1, player);
            select.setInt(2, game.number());
            select.setObject(3, player);
            select.setInt(4, game.number());
            select.setInt(5, game.number());
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(rows);
                }
            }
        }
        return found;
    }

    private void add(ResultSet row) throws SQLException {
        person = row.getObject("is", UUID.class);
        players.add(row.getObject("player", UUID.class));
        firstEvent = earlier(firstEvent, instant(row, "first_event_at"));
        lastEvent = later(lastEvent, instant(row, "last_event_at"));
        firstSession = earlier(firstSession, instant(row, "first_session_at"));
        lastSession = later(lastSession, instant(row, "last_session_at"));
        sessions += row.getLong("sessions");
        lengths += row.getLong("lengths");
        lengthMillis = lengthMillis.add(row.getBigDecimal("length_millis"));
        purchases += row.getLong("purchases");
        achievements += row.getLong("achievements");
        said(acquisition, row, "acquisition");
        said(platform, row, "platform");
        said(country, row, "country");
        said(appVersion, row, "app_version");
    }

    /** Of two words at one moment that later in its stream counts, then that greater as text: as in the metrics. */
    private static void said(Latest<String> latest, ResultSet row, String column) throws SQLException {
        Instant at = instant(row, column + "_at");
        if (at == null) {
            return;
        }
        String value = row.getString(column);
        long by = row.getLong(column + "_by");
        String known = latest.value;
        if (known != null && at.equals(latest.at) && by == latest.by) {
            latest.value = value.compareTo(known) > 0 ? value : known;
        } else {
            latest.said(value, at, by);
        }
    }

    boolean isKnown() {
        return !players.isEmpty();
    }

    List<UUID> players() {
        return players;
    }

    Profile profile(GameRow game, Revenue revenue) {
        Instant first = game.anyEvent() ? firstEvent : firstSession;
        return new Profile(
                game.id(),
                new Pseudonym(person),
                first == null ? null : first.atZone(game.zone()).toLocalDate(),
                game.anyEvent() ? lastEvent : lastSession,
                sessions,
                lengthMillis.movePointLeft(3),
                lengths == 0
                        ? null
                        : lengthMillis.divide(BigDecimal.valueOf(1_000L * lengths), 6, RoundingMode.HALF_UP),
                purchases,
                achievements,
                revenue,
                acquisition.value,
                platform.value,
                country.value,
                appVersion.value);
    }

    private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
        return one == null || (other != null && other.isBefore(one)) ? other : one;
    }

    private static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
        return one == null || (other != null && other.isAfter(one)) ? other : one;
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }
}
