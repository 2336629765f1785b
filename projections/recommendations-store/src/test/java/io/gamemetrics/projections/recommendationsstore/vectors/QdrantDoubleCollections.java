package io.gamemetrics.projections.recommendationsstore.vectors;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.qdrant.client.grpc.Collections.AliasDescription;
import io.qdrant.client.grpc.Collections.AliasOperations;
import io.qdrant.client.grpc.Collections.ChangeAliases;
import io.qdrant.client.grpc.Collections.CollectionExists;
import io.qdrant.client.grpc.Collections.CollectionExistsRequest;
import io.qdrant.client.grpc.Collections.CollectionExistsResponse;
import io.qdrant.client.grpc.Collections.CollectionOperationResponse;
import io.qdrant.client.grpc.Collections.CreateCollection;
import io.qdrant.client.grpc.Collections.DeleteCollection;
import io.qdrant.client.grpc.Collections.ListAliasesRequest;
import io.qdrant.client.grpc.Collections.ListAliasesResponse;
import io.qdrant.client.grpc.CollectionsGrpc.CollectionsImplBase;
import java.util.LinkedHashMap;
import java.util.Map;

/** Collections and aliases. */
final class QdrantDoubleCollections extends CollectionsImplBase {

    private static final CollectionOperationResponse DONE =
            CollectionOperationResponse.newBuilder().setResult(true).build();

    private final QdrantState state;

    QdrantDoubleCollections(QdrantState state) {
        this.state = state;
    }

    @Override
    public void collectionExists(CollectionExistsRequest request, StreamObserver<CollectionExistsResponse> to) {
        state.answer(to, () -> CollectionExistsResponse.newBuilder()
                .setResult(CollectionExists.newBuilder()
                        .setExists(state.collections.containsKey(request.getCollectionName())))
                .build());
    }

    @Override
    public void create(CreateCollection request, StreamObserver<CollectionOperationResponse> to) {
        state.answer(to, () -> {
            String name = request.getCollectionName();
            if (state.collections.containsKey(name) || state.aliases.containsKey(name)) {
                throw Status.ALREADY_EXISTS.asRuntimeException();
            }
            state.collections.put(
                    name, new QdrantState.Stored(request.getVectorsConfig().getParams(), new LinkedHashMap<>()));
            return DONE;
        });
    }

    /** As Qdrant does: a collection takes its aliases with it. */
    @Override
    public void delete(DeleteCollection request, StreamObserver<CollectionOperationResponse> to) {
        state.answer(to, () -> {
            boolean there = state.collections.remove(request.getCollectionName()) != null;
            state.aliases.values().removeIf(request.getCollectionName()::equals);
            return CollectionOperationResponse.newBuilder().setResult(there).build();
        });
    }

    /** All of the actions or none. */
    @Override
    public void updateAliases(ChangeAliases request, StreamObserver<CollectionOperationResponse> to) {
        state.answer(to, () -> {
            Map<String, String> changed = new LinkedHashMap<>(state.aliases);
            for (AliasOperations operation : request.getActionsList()) {
                change(changed, operation);
            }
            state.aliases.clear();
            state.aliases.putAll(changed);
            return DONE;
        });
    }

    private void change(Map<String, String> aliases, AliasOperations operation) {
        switch (operation.getActionCase()) {
            case CREATE_ALIAS -> {
                String collection = operation.getCreateAlias().getCollectionName();
                if (!state.collections.containsKey(collection)) {
                    throw Status.NOT_FOUND.asRuntimeException();
                }
                aliases.put(operation.getCreateAlias().getAliasName(), collection);
            }
            case DELETE_ALIAS -> aliases.remove(operation.getDeleteAlias().getAliasName());
            case RENAME_ALIAS, ACTION_NOT_SET -> throw Status.UNIMPLEMENTED.asRuntimeException();
        }
    }

    @Override
    public void listAliases(ListAliasesRequest request, StreamObserver<ListAliasesResponse> to) {
        state.answer(to, () -> {
            ListAliasesResponse.Builder all = ListAliasesResponse.newBuilder();
            state.aliases.forEach((alias, collection) -> all.addAliases(
                    AliasDescription.newBuilder().setAliasName(alias).setCollectionName(collection)));
            return all.build();
        });
    }
}
