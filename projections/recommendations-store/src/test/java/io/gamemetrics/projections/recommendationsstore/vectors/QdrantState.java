package io.gamemetrics.projections.recommendationsstore.vectors;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import io.qdrant.client.grpc.Collections.VectorParams;
import io.qdrant.client.grpc.Common.PointId;
import io.qdrant.client.grpc.Points.PointStruct;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Collections and aliases of the double; one request at a time. */
final class QdrantState {

    final Map<String, Stored> collections = new LinkedHashMap<>();
    final Map<String, String> aliases = new LinkedHashMap<>();

    record Stored(VectorParams params, Map<PointId, PointStruct> points) {}

    /** The collection of this name or behind this alias. */
    Stored require(String name) {
        Stored stored = collections.get(aliases.getOrDefault(name, name));
        if (stored == null) {
            throw Status.NOT_FOUND
                    .withDescription("Not found: Collection `" + name + "` doesn't exist!")
                    .asRuntimeException();
        }
        return stored;
    }

    <R> void answer(StreamObserver<R> to, Supplier<R> work) {
        R answer;
        try {
            synchronized (this) {
                answer = work.get();
            }
        } catch (StatusRuntimeException e) {
            to.onError(e);
            return;
        }
        to.onNext(answer);
        to.onCompleted();
    }
}
