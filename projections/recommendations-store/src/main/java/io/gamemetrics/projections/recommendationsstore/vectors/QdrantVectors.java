package io.gamemetrics.projections.recommendationsstore.vectors;

import static io.qdrant.client.ConditionFactory.hasId;
import static io.qdrant.client.ConditionFactory.matchKeyword;
import static io.qdrant.client.ConditionFactory.matchKeywords;
import static io.qdrant.client.ValueFactory.value;

import io.qdrant.client.PointIdFactory;
import io.qdrant.client.QdrantClient;
import io.qdrant.client.QueryFactory;
import io.qdrant.client.VectorsFactory;
import io.qdrant.client.WithPayloadSelectorFactory;
import io.qdrant.client.grpc.Collections.AliasDescription;
import io.qdrant.client.grpc.Collections.AliasOperations;
import io.qdrant.client.grpc.Collections.CreateAlias;
import io.qdrant.client.grpc.Collections.DeleteAlias;
import io.qdrant.client.grpc.Collections.Distance;
import io.qdrant.client.grpc.Collections.VectorParams;
import io.qdrant.client.grpc.Common;
import io.qdrant.client.grpc.Points.DeletePoints;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.PointsSelector;
import io.qdrant.client.grpc.Points.QueryPoints;
import io.qdrant.client.grpc.Points.ScoredPoint;
import io.qdrant.client.grpc.Points.ScrollPoints;
import io.qdrant.client.grpc.Points.ScrollResponse;
import io.qdrant.client.grpc.Points.UpsertPoints;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Vectors in Qdrant, by its own client over gRPC. One collection holds all games; the game is a payload by which every
 * request is filtered and Qdrant keeps tenants together. A point's own id is made of game, version and id.
 */
public final class QdrantVectors implements VectorStore {

    static final String GAME = "game";
    static final String MODEL = "model";
    static final String ID = "id";

    private static final int POINTS_A_REQUEST = 500;

    private final QdrantClient client;
    private final QdrantCalls calls = new QdrantCalls();

    private QdrantVectors(QdrantClient client) {
        this.client = client;
    }

    /** Nothing is asked yet: Qdrant need not be there. */
    public static QdrantVectors at(QdrantAddress address) {
        return new QdrantVectors(new QdrantClient(address.client()));
    }

    @Override
    public void create(String collection, Shape shape) {
        if (calls.answer("asked", client.collectionExistsAsync(collection))) {
            return;
        }
        Distance distance =
                switch (shape.similarity()) {
                    case DOT -> Distance.Dot;
                    case COSINE -> Distance.Cosine;
                };
        calls.answer(
                "made",
                client.createCollectionAsync(
                        collection,
                        VectorParams.newBuilder()
                                .setSize(shape.dimension())
                                .setDistance(distance)
                                .build()));
        calls.answer(
                "indexed", client.createPayloadIndexAsync(QdrantCalls.tenants(collection, GAME), QdrantCalls.PATIENCE));
        calls.answer(
                "indexed",
                client.createPayloadIndexAsync(QdrantCalls.keyword(collection, MODEL), QdrantCalls.PATIENCE));
    }

    @Override
    public void upsert(String name, Collection<Point> points) {
        List<PointStruct> all = points.stream().map(QdrantVectors::struct).toList();
        for (int from = 0; from < all.size(); from += POINTS_A_REQUEST) {
            calls.answer(
                    "written",
                    client.upsertAsync(UpsertPoints.newBuilder()
                            .setCollectionName(name)
                            .setWait(true)
                            .addAllPoints(all.subList(from, Math.min(all.size(), from + POINTS_A_REQUEST)))
                            .build()));
        }
    }

    @Override
    public void delete(String name, Filter filter) {
        calls.answer(
                "deleted",
                client.deleteAsync(DeletePoints.newBuilder()
                        .setCollectionName(name)
                        .setWait(true)
                        .setPoints(PointsSelector.newBuilder().setFilter(condition(filter)))
                        .build()));
    }

    @Override
    public List<Hit> nearest(String name, float[] vector, Filter filter, int k) {
        List<ScoredPoint> found = calls.answer(
                "searched",
                client.queryAsync(QueryPoints.newBuilder()
                        .setCollectionName(name)
                        .setQuery(QueryFactory.nearest(vector))
                        .setFilter(condition(filter))
                        .setLimit(k)
                        .setWithPayload(WithPayloadSelectorFactory.include(List.of(ID)))
                        .build()));
        return found.stream()
                .map(point -> new Hit(point.getPayloadOrThrow(ID).getStringValue(), point.getScore()))
                .toList();
    }

    @Override
    public long count(String name, Filter filter) {
        return calls.answer("counted", client.countAsync(name, condition(filter), true));
    }

    @Override
    public void forEachText(String name, Consumer<String> each) {
        if (!calls.answer("asked", client.collectionExistsAsync(meant(name).orElse(name)))) {
            return;
        }
        ScrollPoints.Builder next = ScrollPoints.newBuilder()
                .setCollectionName(name)
                .setLimit(POINTS_A_REQUEST)
                .setWithPayload(WithPayloadSelectorFactory.enable(true));
        boolean more = true;
        while (more) {
            ScrollResponse page = calls.answer("read", client.scrollAsync(next.build()));
            page.getResultList().forEach(point -> point.getPayloadMap().forEach((key, value) -> {
                each.accept(key);
                each.accept(value.getStringValue());
            }));
            more = page.hasNextPageOffset();
            if (more) {
                next.setOffset(page.getNextPageOffset());
            }
        }
    }

    @Override
    public void switchTo(String alias, String collection) {
        Optional<String> before = meant(alias);
        if (before.isPresent() && before.get().equals(collection)) {
            return;
        }
        List<AliasOperations> operations = new ArrayList<>();
        before.ifPresent(old -> operations.add(AliasOperations.newBuilder()
                .setDeleteAlias(DeleteAlias.newBuilder().setAliasName(alias))
                .build()));
        operations.add(AliasOperations.newBuilder()
                .setCreateAlias(CreateAlias.newBuilder().setAliasName(alias).setCollectionName(collection))
                .build());
        calls.answer("switched", client.updateAliasesAsync(operations));
        before.ifPresent(old -> calls.answer("dropped", client.deleteCollectionAsync(old)));
    }

    @Override
    public void drop(String alias) {
        meant(alias).ifPresent(collection -> {
            calls.answer(
                    "dropped",
                    client.updateAliasesAsync(List.of(AliasOperations.newBuilder()
                            .setDeleteAlias(DeleteAlias.newBuilder().setAliasName(alias))
                            .build())));
            calls.answer("dropped", client.deleteCollectionAsync(collection));
        });
    }

    @Override
    public Optional<String> meant(String alias) {
        return calls.answer("asked", client.listAliasesAsync()).stream()
                .filter(known -> known.getAliasName().equals(alias))
                .map(AliasDescription::getCollectionName)
                .findFirst();
    }

    private static PointStruct struct(Point point) {
        return PointStruct.newBuilder()
                .setId(PointIdFactory.id(key(point.game(), point.version(), point.id())))
                .setVectors(VectorsFactory.vectors(point.vector()))
                .putPayload(GAME, value(Integer.toString(point.game())))
                .putPayload(MODEL, value(model(point.game(), point.version())))
                .putPayload(ID, value(point.id()))
                .build();
    }

    private static Common.Filter condition(Filter filter) {
        Common.Filter.Builder condition =
                Common.Filter.newBuilder().addMust(matchKeyword(GAME, Integer.toString(filter.game())));
        filter.version().ifPresent(version -> condition.addMust(matchKeyword(MODEL, model(filter.game(), version))));
        if (!filter.only().isEmpty()) {
            condition.addMust(ids(filter, filter.only()));
        }
        if (!filter.without().isEmpty()) {
            condition.addMustNot(ids(filter, filter.without()));
        }
        return condition.build();
    }

    /** By the points' own ids, which need no index; without a version by the payload. */
    private static Common.Condition ids(Filter filter, Set<String> ids) {
        return filter.version().isPresent()
                ? hasId(ids.stream()
                        .map(id -> PointIdFactory.id(
                                key(filter.game(), filter.version().getAsInt(), id)))
                        .toList())
                : matchKeywords(ID, List.copyOf(ids));
    }

    private static String model(int game, int version) {
        return game + "/" + version;
    }

    private static UUID key(int game, int version, String id) {
        return UUID.nameUUIDFromBytes((model(game, version) + "/" + id).getBytes(StandardCharsets.UTF_8));
    }

    /** They lie where Qdrant is. */
    @Override
    public long diskBytes(String alias) {
        return 0;
    }

    @Override
    public void close() {
        client.close();
    }
}
