package io.gamemetrics.projections.recommendations;

import com.zaxxer.hikari.HikariDataSource;
import io.gamemetrics.infrastructure.testkit.TestPostgres;
import io.gamemetrics.projections.recommendationsstore.ModelStore;
import io.gamemetrics.projections.recommendationsstore.PendingPlayers;
import io.gamemetrics.projections.recommendationsstore.PopularWriter;
import io.gamemetrics.projections.recommendationsstore.RecommendationsReader;
import io.gamemetrics.projections.recommendationsstore.RecommendationsSchema;
import io.gamemetrics.projections.recommendationsstore.RecommendationsWriter;
import io.gamemetrics.projections.recommendationsstore.vectors.LuceneVectors;
import io.gamemetrics.projections.recommendationsstore.vectors.VectorStore;
import io.gamemetrics.projections.runtime.EventPlace;
import io.gamemetrics.projections.runtime.Projection;
import io.gamemetrics.sharedkernel.game.ActiveBy;
import io.gamemetrics.sharedkernel.game.GameEvent.GameCreated;
import io.gamemetrics.sharedkernel.game.Stage;
import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.EventId;
import io.gamemetrics.sharedkernel.ids.GameId;
import io.gamemetrics.sharedkernel.ids.Position;
import io.gamemetrics.sharedkernel.ids.Pseudonym;
import io.gamemetrics.sharedkernel.money.Money;
import io.gamemetrics.sharedkernel.player.Dimensions;
import io.gamemetrics.sharedkernel.player.EventHeader;
import io.gamemetrics.sharedkernel.player.PlayerEvent;
import io.gamemetrics.sharedkernel.player.PlayerEvent.ItemInteracted;
import io.gamemetrics.sharedkernel.player.PlayerEvent.LinkedToPlayer;
import io.gamemetrics.sharedkernel.player.PlayerEvent.PurchaseMade;
import io.gamemetrics.sharedkernel.player.PlayerEvent.PurchaseRefunded;
import io.gamemetrics.sharedkernel.player.PlayerEvent.SessionStarted;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The projection on a database of its own, fed with events as the runner feeds it, and everything that works on it. */
final class Fed implements AutoCloseable {

    static final GameId GAME = new GameId("steam");
    static final int NUMBER = 1;

    private static final Currency USD = Currency.getInstance("USD");
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");

    final HikariDataSource database = new HikariDataSource();
    final RecommendationsWriter writer;
    final RecommendationsProjection projection;
    final ModelStore models;
    final PendingPlayers pending;
    final PopularWriter popular;
    final VectorStore vectors;
    final RecommendationsReader reader;

    private final List<Fact> batch = new ArrayList<>();
    private @Nullable Checkpoint checkpoint;
    private long position;

    private record Fact(Object event, EventPlace place) {}

    /** With a game and the collections of vectors. */
    Fed(Path folder) {
        this(TestPostgres.newDatabase(), folder);
        new VectorRepair(models, vectors).run();
        event(
                new UUID(0, 0),
                -1,
                new GameCreated(GAME, "Steam", ZoneOffset.UTC, USD, ActiveBy.ANY_EVENT, Stage.LIVE, AT));
        flush();
    }

    /** Tables alone. */
    static Fed empty(Path folder) {
        return new Fed(TestPostgres.newDatabase(), folder);
    }

    private Fed(String url, Path folder) {
        database.setJdbcUrl(url);
        database.setMaximumPoolSize(6);
        RecommendationsSchema.migrate(database);
        writer = new RecommendationsWriter(database, RecommendationsProjection.NAME);
        projection = new RecommendationsProjection(writer);
        models = new ModelStore(database);
        pending = new PendingPlayers(database);
        popular = new PopularWriter(database);
        vectors = LuceneVectors.writing(folder);
        reader = new RecommendationsReader(database, vectors);
    }

    /** A stream with a name that is easy to tell. */
    static UUID stream(String player) {
        return UUID.nameUUIDFromBytes(player.getBytes(StandardCharsets.UTF_8));
    }

    static Pseudonym pseudonym(String player) {
        return new Pseudonym(stream(player));
    }

    static EventHeader header(String id, @Nullable String country, @Nullable String platform) {
        return new EventHeader(new EventId(id), AT, null, new Dimensions(platform, country, null, Map.of()), false);
    }

    static PurchaseMade bought(String id, String item, long micros) {
        return new PurchaseMade(header(id, null, null), item, "iap", new Money(USD, micros), List.of());
    }

    static PurchaseRefunded refunded(String purchase, String item, long micros) {
        return new PurchaseRefunded(
                header("refund-of-" + purchase, null, null),
                new EventId(purchase),
                micros,
                new PurchaseRefunded.Settlement(item, "iap", new Money(USD, micros)));
    }

    static ItemInteracted did(String kind, String item, @Nullable String weight) {
        return new ItemInteracted(
                header("any", null, null), item, kind, weight == null ? null : new BigDecimal(weight));
    }

    static LinkedToPlayer linkedTo(String person) {
        return new LinkedToPlayer(header("link", null, null), pseudonym(person));
    }

    static SessionStarted from(@Nullable String country, @Nullable String platform) {
        return new SessionStarted(header("start", country, platform), null);
    }

    /** Buys each of the items. */
    void buys(String player, String... items) {
        for (String item : items) {
            event(player, bought(player + "-" + item, item, 1_000_000));
        }
    }

    void event(String player, PlayerEvent event) {
        event(stream(player), 0, event);
    }

    private void event(UUID stream, int player, Object event) {
        position++;
        batch.add(new Fact(event, new EventPlace(new Position(1, position), NUMBER, stream, player, position, AT)));
    }

    /** Writes what was fed since the last time, in one batch. */
    void flush() {
        Projection.Batch open = projection.begin(0);
        batch.forEach(fact -> handle(open.handlers(), fact));
        batch.clear();
        Checkpoint next = new Checkpoint(new Position(1, position), AT, position, position, position);
        open.commit(checkpoint, next, List.of());
        checkpoint = next;
    }

    /** Calls the method that fits best, as the runner does; the contract's test shows that it does. */
    private static void handle(Object handlers, Fact fact) {
        try {
            Method handler;
            try {
                handler = RecommendationsHandlers.class.getDeclaredMethod(
                        "on", fact.event().getClass(), EventPlace.class);
            } catch (NoSuchMethodException e) {
                handler = RecommendationsHandlers.class.getDeclaredMethod("on", PlayerEvent.class, EventPlace.class);
            }
            handler.invoke(handlers, fact.event(), fact.place());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Everything the exact half of the tables says, without numbers that mean nothing; comparable by equals. */
    List<String> state() {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement("SELECT s::text FROM recommendations.source s"
                        + " UNION ALL SELECT (i.item_id, d.stream, d.kind, d.events, trim_scale(d.weight))::text"
                        + " FROM recommendations.interaction d JOIN recommendations.item i ON i.number = d.item"
                        + " UNION ALL SELECT (i.item_id, d.stream, d.purchase, d.paid, d.refunds, d.refunded)::text"
                        + " FROM recommendations.purchase d JOIN recommendations.item i ON i.number = d.item"
                        + " UNION ALL SELECT 'item ' || item_id FROM recommendations.item"
                        + " UNION ALL SELECT (i.item_id, a.person, a.owned, a.value)::text"
                        + " FROM recommendations.affinity a JOIN recommendations.item i ON i.number = a.item"
                        + " ORDER BY 1");
                ResultSet rows = statement.executeQuery()) {
            List<String> state = new ArrayList<>();
            while (rows.next()) {
                state.add(rows.getString(1));
            }
            return state;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A person's affinities by item, owned ones with a star. */
    Map<String, String> affinities(String player) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("SELECT i.item_id, a.value, a.owned FROM recommendations.affinity a"
                                + " JOIN recommendations.item i ON i.number = a.item WHERE a.person = ?")) {
            statement.setObject(1, stream(player));
            Map<String, String> affinities = new TreeMap<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    affinities.put(rows.getString(1), rows.getFloat(2) + (rows.getBoolean(3) ? "*" : ""));
                }
            }
            return affinities;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        vectors.close();
        database.close();
    }
}
