package io.gamemetrics.projections.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamemetrics.projections.metricsstore.Filter;
import io.gamemetrics.projections.metricsstore.Granularity;
import io.gamemetrics.projections.metricsstore.Measure;
import io.gamemetrics.projections.metricsstore.Metric;
import io.gamemetrics.projections.metricsstore.NoLongerKeptException;
import io.gamemetrics.projections.metricsstore.Series;
import io.gamemetrics.projections.metricsstore.Summary;
import io.gamemetrics.projections.runtime.Placed;
import io.gamemetrics.sharedkernel.game.ActiveBy;
import io.gamemetrics.sharedkernel.game.GameEvent.GameChanged;
import io.gamemetrics.sharedkernel.game.GameEvent.GameCreated;
import io.gamemetrics.sharedkernel.game.Stage;
import io.gamemetrics.sharedkernel.ids.EventId;
import io.gamemetrics.sharedkernel.ids.GameId;
import io.gamemetrics.sharedkernel.money.Money;
import io.gamemetrics.sharedkernel.player.Dimensions;
import io.gamemetrics.sharedkernel.player.EventHeader;
import io.gamemetrics.sharedkernel.player.PlayerEvent.CustomReported;
import io.gamemetrics.sharedkernel.player.PlayerEvent.PurchaseMade;
import io.gamemetrics.sharedkernel.player.PlayerEvent.SessionStarted;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * A game that began in March, seen from May, when events of April and later are kept. Both days lie in chunks of their own
 * on TimescaleDB, too.
 */
abstract class ExpiringGame {

    static final GameId GAME = new GameId("kept");
    static final Currency USD = Currency.getInstance("USD");
    static final LocalDate MARCH = LocalDate.parse("2026-03-05");
    static final LocalDate APRIL = LocalDate.parse("2026-04-08");
    static final Instant IN_MARCH = Instant.parse("2026-03-05T23:30:00Z");
    static final Instant IN_APRIL = Instant.parse("2026-04-08T12:00:00Z");
    static final Instant KEPT_FROM = Instant.parse("2026-04-01T00:00:00Z");
    static final Instant MAY = Instant.parse("2026-05-05T00:00:00Z");
    static final Duration KEEP = Duration.ofDays(30);
    static final int GUEST = 3;
    static final int PERSON = 70_000;

    Fed fed;
    long ids;

    /** A new, empty database. */
    abstract String newDatabase();

    @BeforeEach
    void game() {
        fed = new Fed(newDatabase(), 4, 1);
        configure(new GameCreated(GAME, "Kept", ZoneOffset.UTC, USD, ActiveBy.ANY_EVENT, Stage.LIVE, IN_MARCH));
    }

    @AfterEach
    void close() {
        fed.close();
    }

    void configure(Object event) {
        fed.flush(0, List.of(fed.place(event, new UUID(0, 0), -1)));
    }

    void zoneChangesTo(String zone) {
        configure(new GameChanged(GAME, "Kept", ZoneId.of(zone), USD, ActiveBy.ANY_EVENT, MAY));
    }

    EventHeader header(Instant at) {
        Dimensions dimensions = new Dimensions("ios", null, null, Map.of());
        return new EventHeader(new EventId("e" + ids++), at, null, dimensions, false);
    }

    static UUID stream(int player) {
        return new UUID(1, player);
    }

    /** @return its place in the player's stream */
    long happens(int player, Object event) {
        Placed placed = fed.place(event, stream(player), player);
        fed.flush(0, List.of(placed));
        return placed.place().sequence();
    }

    void may() {
        fed.dropEvents(MAY, KEEP, 1);
        assertThat(fed.expiry.keptFrom()).isEqualTo(KEPT_FROM);
    }

    long rows(String table) {
        try (Connection connection = fed.database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM metrics." + table)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    Summary summary(LocalDate from, LocalDate to) {
        return fed.reader.summary(GAME, from, to, Filter.ALL);
    }

    Series hours(Instant from, Instant to, @Nullable String name) {
        return (name == null
                        ? fed.reader.metrics(GAME, Metric.EVENTS, Granularity.HOUR, from, to, List.of(), 1, Filter.ALL)
                        : fed.reader.eventMetrics(
                                GAME, name, Measure.COUNT, null, Granularity.HOUR, from, to, List.of(), 1, Filter.ALL))
                .getFirst();
    }

    static void isNoLongerKept(ThrowingCallable question, Instant keptFrom) {
        assertThatThrownBy(question)
                .isInstanceOfSatisfying(NoLongerKeptException.class, refused -> assertThat(refused.keptFrom())
                        .isEqualTo(keptFrom));
    }

    void everythingIn(Instant at) {
        happens(GUEST, new SessionStarted(header(at), 60_000L));
        happens(GUEST, new PurchaseMade(header(at), "gems", "iap", new Money(USD, 7), List.of()));
        happens(GUEST, new CustomReported(header(at), "open", null, Map.of()));
    }
}
