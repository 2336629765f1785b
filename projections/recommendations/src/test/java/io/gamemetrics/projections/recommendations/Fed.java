package io.gamemetrics.projections.recommendations;

import com.zaxxer.hikari.HikariDataSource;
import io.gamemetrics.infrastructure.testkit.TestPostgres;
import io.gamemetrics.projections.recommendations.training.TrainingSettings;
import io.gamemetrics.projections.recommendationsstore.ItemVectors;
import io.gamemetrics.projections.recommendationsstore.LearningState;
import io.gamemetrics.projections.recommendationsstore.ModelStore;
import io.gamemetrics.projections.recommendationsstore.PendingPlayers;
import io.gamemetrics.projections.recommendationsstore.PopularWriter;
import io.gamemetrics.projections.recommendationsstore.RecommendationsReader;
import io.gamemetrics.projections.recommendationsstore.RecommendationsSchema;
import io.gamemetrics.projections.recommendationsstore.RecommendationsWriter;
import io.gamemetrics.projections.recommendationsstore.vectors.LuceneVectors;
import io.gamemetrics.projections.recommendationsstore.vectors.VectorStore;
import io.gamemetrics.projections.runtime.EventPlace;
import io.gamemetrics.projections.runtime.FedVersion;
import io.gamemetrics.projections.runtime.Placed;
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
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import javax.sql.DataSource;
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
    final LearningState state;
    final ModelStore models;
    final PendingPlayers pending;
    final PopularWriter popular;
    final VectorStore vectors;
    final RecommendationsReader reader;
    final Tables tables;

    private final List<Placed> batch = new ArrayList<>();
    private @Nullable Checkpoint checkpoint;
    private long position;

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
        writer = new RecommendationsWriter(RecommendationsSchema.of(database, 1));
        projection = new RecommendationsProjection(writer);
        state = new LearningState(RecommendationsSchema.of(database, 1));
        models = new ModelStore(RecommendationsSchema.of(database, 1));
        pending = new PendingPlayers(RecommendationsSchema.of(database, 1));
        popular = new PopularWriter(RecommendationsSchema.of(database, 1));
        vectors = LuceneVectors.writing(folder);
        reader = RecommendationsReader.on(database, () -> 1, vectors, 1);
        tables = new Tables(database);
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
        batch.add(new Placed(event, new EventPlace(new Position(1, position), NUMBER, stream, player, position, AT)));
    }

    /** Writes what was fed since the last time, in one batch. */
    void flush() {
        flush(projection);
    }

    /** @param projection another one on the same tables: it remembers nothing of the batches before */
    void flush(RecommendationsProjection projection) {
        Projection.Batch open = projection.begin(0);
        batch.forEach(event -> event.handleIn(open));
        batch.clear();
        Checkpoint next = new Checkpoint(new Position(1, position), AT, position, position, position);
        open.commit(checkpoint, next, List.of());
        checkpoint = next;
    }

    Learning learning() {
        return new Learning(state, models, vectors, TrainingSettings.defaults());
    }

    /** A training that is switched in, and all players' vectors after it. */
    void learn() {
        if (learning().learn(NUMBER) != Learning.Outcome.ACTIVE) {
            throw new AssertionError("the training was not switched in");
        }
        foldAll(vectors);
    }

    /** Makes all vectors of players that are due. */
    void foldAll(VectorStore store) {
        PlayerFolding players = new PlayerFolding(state, models, pending, store);
        while (players.step() != PlayerFolding.Left.NOTHING) {
            // until nothing is left
        }
    }

    /** Vectors without their items' numbers, which depend on the order of arrival. */
    String learned() {
        ItemVectors learned =
                models.vectors(NUMBER, models.activeVersion(NUMBER).orElseThrow());
        return Arrays.toString(learned.pulls()) + Arrays.deepToString(learned.vectors());
    }

    /**
     * Half of the players like red things and half blue, and now and then one of the other.
     *
     * @param seed of the order they come in; what they do is always the same
     */
    void twoTastes(int players, long seed) {
        List<Integer> order = new ArrayList<>();
        for (int player = 0; player < players; player++) {
            order.add(player);
        }
        Collections.shuffle(order, new Random(seed));
        for (int player : order) {
            Random random = new Random(player);
            String own = player % 2 == 0 ? "red-" : "blue-";
            String other = player % 2 == 0 ? "blue-" : "red-";
            for (int item = 0; item < 8; item++) {
                if (random.nextInt(10) < 6) {
                    buys("player-" + player, own + item);
                }
            }
            if (random.nextInt(4) == 0) {
                buys("player-" + player, other + random.nextInt(8));
            }
            if (player % 50 == 0) {
                flush();
            }
        }
        flush();
    }

    /** A version of its own, of which nothing is written yet. */
    static FedVersion version(DataSource database, int number) {
        RecommendationsSchema.migrate(database, number);
        return new FedVersion(
                new RecommendationsProjection(new RecommendationsWriter(RecommendationsSchema.of(database, number))));
    }

    @Override
    public void close() {
        vectors.close();
        database.close();
    }
}
