package io.gamemetrics.projections.recommendationsstore.vectors;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qdrant.client.QdrantClient;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The adapter over real gRPC. Which server answers stands in the test's output: a real Qdrant, or the double, which proves
 * the requests and not what Qdrant itself makes of them.
 */
class QdrantVectorsTest extends VectorStoreContract {

    private static QdrantUnderTest qdrant;

    @BeforeAll
    static void start() {
        qdrant = QdrantUnderTest.start();
    }

    @AfterAll
    static void stop() {
        qdrant.stop().run();
    }

    @Override
    VectorStore store() {
        return QdrantVectors.at(qdrant.address());
    }

    @Override
    void forget(VectorStore store, String collection) {
        try (QdrantClient client = new QdrantClient(qdrant.address().client())) {
            if (client.collectionExistsAsync(collection).get()) {
                client.deleteCollectionAsync(collection).get();
            }
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void a_server_that_is_not_there_is_told_without_what_was_asked() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        try (VectorStore nobody = QdrantVectors.at(new QdrantAddress("http://127.0.0.1:" + free, null))) {
            assertThatThrownBy(() -> nobody.nearest("any", new float[] {1}, Filter.of(1), 1))
                    .isInstanceOf(VectorStoreException.class)
                    .hasMessage("Qdrant's vectors can't be searched");
        }
    }

    @Test
    void an_address_that_is_none_is_refused() {
        for (String wrong : List.of("qdrant:6334", "ftp://qdrant:6334", "http://")) {
            assertThatThrownBy(() -> new QdrantAddress(wrong, null)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
