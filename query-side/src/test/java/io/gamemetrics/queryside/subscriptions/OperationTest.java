package io.gamemetrics.queryside.subscriptions;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.infrastructure.web.Faults;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.graphql.server.WebGraphQlResponse;
import reactor.core.publisher.Mono;

class OperationTest {

    private CompletableFuture<List<Map<String, Object>>> failed = new CompletableFuture<>();

    private final Operation.Results results = new Operation.Results() {
        @Override
        public void next(Map<String, Object> result) {
            failed.completeExceptionally(new AssertionError("a result"));
        }

        @Override
        public void failed(List<Map<String, Object>> errors) {
            failed.complete(errors);
        }

        @Override
        public void complete() {
            failed.completeExceptionally(new AssertionError("complete"));
        }
    };

    /** Reactor throws such at whoever subscribes, and tells the subscriber nothing. */
    @Test
    void whatever_breaks_a_request_is_told_with_a_reference() throws Exception {
        for (Throwable broken : List.of(new IllegalStateException(), new NoClassDefFoundError())) {
            failed = new CompletableFuture<>();
            Mono<WebGraphQlResponse> response = Mono.fromSupplier(() -> {
                if (broken instanceof Error error) {
                    throw error;
                }
                throw (RuntimeException) broken;
            });
            new Operation(SocketConnectionTest.NO_GRAPHQL, new Faults(failure -> false)).start(response, results);
            assertThat(failed.get(10, TimeUnit.SECONDS).getFirst())
                    .extracting("extensions")
                    .asString()
                    .contains("INTERNAL", "reference");
        }
    }
}
