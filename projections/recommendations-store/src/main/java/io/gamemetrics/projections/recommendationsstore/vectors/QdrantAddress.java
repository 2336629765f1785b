package io.gamemetrics.projections.recommendationsstore.vectors;

import io.qdrant.client.QdrantGrpcClient;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Where Qdrant answers gRPC.
 *
 * @param url {@code http://host:port} or {@code https://host:port}; without a port {@value #PORT}
 * @param apiKey absent: Qdrant asks for none
 */
public record QdrantAddress(String url, @Nullable String apiKey) {

    /** Qdrant's own default for gRPC; its REST port, 6333, does not speak it. */
    public static final int PORT = 6334;

    public QdrantAddress {
        URI uri = URI.create(url);
        if (uri.getHost() == null || !("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
            throw new IllegalArgumentException("the address of Qdrant must be http://host:port or https://host:port");
        }
    }

    QdrantGrpcClient client() {
        URI uri = URI.create(url);
        QdrantGrpcClient.Builder builder = QdrantGrpcClient.newBuilder(
                uri.getHost(), uri.getPort() < 0 ? PORT : uri.getPort(), "https".equals(uri.getScheme()), false);
        if (apiKey != null) {
            builder.withApiKey(apiKey);
        }
        return builder.withTimeout(QdrantCalls.PATIENCE).build();
    }

    @Override
    public String toString() {
        return "QdrantAddress[" + url + "]";
    }
}
