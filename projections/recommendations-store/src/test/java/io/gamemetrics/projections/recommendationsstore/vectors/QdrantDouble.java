package io.gamemetrics.projections.recommendationsstore.vectors;

import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A server that speaks Qdrant's protocol, made on the base classes its own client was generated with, over a real port. It
 * looks at every point instead of building graphs, keeps everything in memory, and answers only what is asked of it here;
 * anything else is UNIMPLEMENTED. It stands in for Qdrant's protocol and rules, not for its index or its disk.
 */
final class QdrantDouble implements AutoCloseable {

    private final Server server;

    private QdrantDouble(Server server) {
        this.server = server;
    }

    static QdrantDouble start() {
        QdrantState state = new QdrantState();
        try {
            return new QdrantDouble(Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
                    .addService(new QdrantDoubleCollections(state))
                    .addService(new QdrantDoublePoints(state))
                    .build()
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url() {
        return "http://127.0.0.1:" + server.getPort();
    }

    @Override
    public void close() {
        server.shutdownNow();
    }
}
