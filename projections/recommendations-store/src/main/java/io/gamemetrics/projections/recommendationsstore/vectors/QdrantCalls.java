package io.gamemetrics.projections.recommendationsstore.vectors;

import com.google.common.util.concurrent.ListenableFuture;
import io.qdrant.client.grpc.Collections.KeywordIndexParams;
import io.qdrant.client.grpc.Collections.PayloadIndexParams;
import io.qdrant.client.grpc.Points.CreateFieldIndexCollection;
import io.qdrant.client.grpc.Points.FieldType;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Requests that are waited for, so long and no longer. */
final class QdrantCalls {

    static final Duration PATIENCE = Duration.ofSeconds(30);

    /** @throws VectorStoreException saying what could not be done, with gRPC's status and nothing of the request */
    <R> R answer(String done, ListenableFuture<R> asked) {
        try {
            return asked.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new VectorStoreException("Qdrant's vectors can't be " + done, e);
        } catch (TimeoutException e) {
            asked.cancel(true);
            throw new VectorStoreException("Qdrant did not answer in time: vectors not " + done, e);
        } catch (InterruptedException e) {
            asked.cancel(true);
            Thread.currentThread().interrupt();
            throw new VectorStoreException("stopped while vectors were " + done, e);
        }
    }

    /** An index of a payload by which Qdrant keeps each tenant's points together. */
    static CreateFieldIndexCollection tenants(String collection, String field) {
        return index(collection, field, KeywordIndexParams.newBuilder().setIsTenant(true));
    }

    static CreateFieldIndexCollection keyword(String collection, String field) {
        return index(collection, field, KeywordIndexParams.newBuilder());
    }

    private static CreateFieldIndexCollection index(
            String collection, String field, KeywordIndexParams.Builder params) {
        return CreateFieldIndexCollection.newBuilder()
                .setCollectionName(collection)
                .setFieldName(field)
                .setFieldType(FieldType.FieldTypeKeyword)
                .setFieldIndexParams(PayloadIndexParams.newBuilder().setKeywordIndexParams(params))
                .setWait(true)
                .build();
    }
}
