package io.gamemetrics.projections.recommendationsstore.vectors;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.qdrant.client.grpc.Collections.Distance;
import io.qdrant.client.grpc.Common.Condition;
import io.qdrant.client.grpc.Common.FieldCondition;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Points.CountPoints;
import io.qdrant.client.grpc.Points.CountResponse;
import io.qdrant.client.grpc.Points.CountResult;
import io.qdrant.client.grpc.Points.CreateFieldIndexCollection;
import io.qdrant.client.grpc.Points.DeletePoints;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.PointsOperationResponse;
import io.qdrant.client.grpc.Points.QueryPoints;
import io.qdrant.client.grpc.Points.QueryResponse;
import io.qdrant.client.grpc.Points.RetrievedPoint;
import io.qdrant.client.grpc.Points.ScoredPoint;
import io.qdrant.client.grpc.Points.ScrollPoints;
import io.qdrant.client.grpc.Points.ScrollResponse;
import io.qdrant.client.grpc.Points.UpdateResult;
import io.qdrant.client.grpc.Points.UpdateStatus;
import io.qdrant.client.grpc.Points.UpsertPoints;
import io.qdrant.client.grpc.PointsGrpc.PointsImplBase;
import java.util.Comparator;
import java.util.List;

/** Points. A request for what this double does not know is refused, never answered with something else. */
final class QdrantDoublePoints extends PointsImplBase {

    private static final PointsOperationResponse DONE = PointsOperationResponse.newBuilder()
            .setResult(UpdateResult.newBuilder().setStatus(UpdateStatus.Completed))
            .build();

    private final QdrantState state;

    QdrantDoublePoints(QdrantState state) {
        this.state = state;
    }

    @Override
    public void createFieldIndex(CreateFieldIndexCollection request, StreamObserver<PointsOperationResponse> to) {
        state.answer(to, () -> {
            state.require(request.getCollectionName());
            return DONE;
        });
    }

    @Override
    public void upsert(UpsertPoints request, StreamObserver<PointsOperationResponse> to) {
        state.answer(to, () -> {
            QdrantState.Stored stored = state.require(request.getCollectionName());
            for (PointStruct point : request.getPointsList()) {
                int length = vector(point).size();
                if (length != stored.params().getSize()) {
                    throw Status.INVALID_ARGUMENT
                            .withDescription("Wrong input: Vector dimension error: expected dim: "
                                    + stored.params().getSize() + ", got " + length)
                            .asRuntimeException();
                }
            }
            request.getPointsList().forEach(point -> stored.points().put(point.getId(), point));
            return DONE;
        });
    }

    @Override
    public void delete(DeletePoints request, StreamObserver<PointsOperationResponse> to) {
        state.answer(to, () -> {
            QdrantState.Stored stored = state.require(request.getCollectionName());
            if (!request.getPoints().hasFilter()) {
                throw Status.UNIMPLEMENTED.asRuntimeException();
            }
            stored.points()
                    .values()
                    .removeIf(point -> matches(point, request.getPoints().getFilter()));
            return DONE;
        });
    }

    @Override
    public void count(CountPoints request, StreamObserver<CountResponse> to) {
        state.answer(to, () -> CountResponse.newBuilder()
                .setResult(CountResult.newBuilder()
                        .setCount(state.require(request.getCollectionName()).points().values().stream()
                                .filter(point -> matches(point, request.getFilter()))
                                .count()))
                .build());
    }

    @Override
    public void query(QueryPoints request, StreamObserver<QueryResponse> to) {
        state.answer(to, () -> {
            QdrantState.Stored stored = state.require(request.getCollectionName());
            if (!request.getQuery().getNearest().hasDense()) {
                throw Status.UNIMPLEMENTED.asRuntimeException();
            }
            List<Float> asked = request.getQuery().getNearest().getDense().getDataList();
            QueryResponse.Builder answer = QueryResponse.newBuilder();
            stored.points().values().stream()
                    .filter(point -> matches(point, request.getFilter()))
                    .map(point -> ScoredPoint.newBuilder()
                            .setId(point.getId())
                            .setScore(score(stored.params().getDistance(), asked, vector(point)))
                            .putAllPayload(point.getPayloadMap())
                            .build())
                    .sorted(Comparator.comparing(ScoredPoint::getScore).reversed())
                    .limit(request.getLimit())
                    .forEach(answer::addResult);
            return answer.build();
        });
    }

    /** In order of ids, from the offset on, as Qdrant does without an order of its own. */
    @Override
    public void scroll(ScrollPoints request, StreamObserver<ScrollResponse> to) {
        state.answer(to, () -> {
            List<PointStruct> left = state.require(request.getCollectionName()).points().values().stream()
                    .filter(point -> matches(point, request.getFilter()))
                    .sorted(Comparator.comparing(point -> point.getId().toString()))
                    .dropWhile(point -> request.hasOffset()
                            && point.getId()
                                            .toString()
                                            .compareTo(request.getOffset().toString())
                                    < 0)
                    .toList();
            int length = Math.min(left.size(), request.getLimit());
            ScrollResponse.Builder answer = ScrollResponse.newBuilder();
            left.subList(0, length)
                    .forEach(point -> answer.addResult(
                            RetrievedPoint.newBuilder().setId(point.getId()).putAllPayload(point.getPayloadMap())));
            if (length < left.size()) {
                answer.setNextPageOffset(left.get(length).getId());
            }
            return answer.build();
        });
    }

    private static List<Float> vector(PointStruct point) {
        return point.getVectors().getVector().getDense().getDataList();
    }

    private static float score(Distance distance, List<Float> one, List<Float> other) {
        return switch (distance) {
            case Dot -> (float) dot(one, other);
            case Cosine -> (float) (dot(one, other) / Math.sqrt(dot(one, one) * dot(other, other)));
            case Euclid, Manhattan, UnknownDistance, UNRECOGNIZED -> throw Status.UNIMPLEMENTED.asRuntimeException();
        };
    }

    private static double dot(List<Float> one, List<Float> other) {
        double dot = 0;
        for (int k = 0; k < one.size(); k++) {
            dot += (double) one.get(k) * other.get(k);
        }
        return dot;
    }

    private static boolean matches(PointStruct point, Filter filter) {
        if (filter.getShouldCount() > 0 || filter.hasMinShould()) {
            throw Status.UNIMPLEMENTED.asRuntimeException();
        }
        return filter.getMustList().stream().allMatch(condition -> matches(point, condition))
                && filter.getMustNotList().stream().noneMatch(condition -> matches(point, condition));
    }

    private static boolean matches(PointStruct point, Condition condition) {
        if (condition.hasHasId()) {
            return condition.getHasId().getHasIdList().contains(point.getId());
        }
        if (!condition.hasField()) {
            throw Status.UNIMPLEMENTED.asRuntimeException();
        }
        FieldCondition field = condition.getField();
        if (!point.containsPayload(field.getKey())) {
            return false;
        }
        String value = point.getPayloadOrThrow(field.getKey()).getStringValue();
        return switch (field.getMatch().getMatchValueCase()) {
            case KEYWORD -> field.getMatch().getKeyword().equals(value);
            case KEYWORDS -> field.getMatch().getKeywords().getStringsList().contains(value);
            default -> throw Status.UNIMPLEMENTED.asRuntimeException();
        };
    }
}
