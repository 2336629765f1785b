package io.gamemetrics.commandside.ingestion;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gamemetrics.infrastructure.eventstore.EventStore;
import io.gamemetrics.infrastructure.eventstore.RejectedEvent;
import io.gamemetrics.infrastructure.privacy.DataKey;
import io.gamemetrics.infrastructure.privacy.Envelope;
import io.gamemetrics.infrastructure.privacy.Vault;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Keeps refused events as they were sent, for 30 days, under the game's rejection key. The sealed document is {@code
 * {"code","pointer","message","sent"}}, with the sent bytes as text. Safe for concurrent use.
 */
public final class RejectedLog {

    /** How long a refused event is kept. */
    public static final Duration KEPT = Duration.ofDays(30);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final EventStore store;
    private final Vault vault;

    public RejectedLog(EventStore store, Vault vault) {
        this.store = store;
        this.vault = vault;
    }

    /** What a sealed event is tied to: nobody can move it to another game. */
    public static byte[] context(int gameNumber) {
        return ("rejected:" + gameNumber).getBytes(StandardCharsets.UTF_8);
    }

    /** Keeps these, durable when this returns. */
    void keep(int gameNumber, Instant receivedAt, EventBatch batch, List<EventAnswer.Problem> problems) {
        if (problems.isEmpty()) {
            return;
        }
        DataKey key = vault.rejectionKey(gameNumber);
        byte[] context = context(gameNumber);
        Envelope envelope = new Envelope();
        store.rejectedEvents()
                .append(problems.stream()
                        .map(problem -> new RejectedEvent(
                                gameNumber,
                                receivedAt,
                                receivedAt.plus(KEPT),
                                problem.code(),
                                envelope.seal(key.encryption(), context, document(batch, problem))))
                        .toList());
    }

    private static byte[] document(EventBatch batch, EventAnswer.Problem problem) {
        ObjectNode document = JSON.createObjectNode();
        document.put("code", problem.code());
        document.put("pointer", problem.pointer());
        document.put("message", problem.message());
        document.put("sent", new String(batch.sent(problem.index()), StandardCharsets.UTF_8));
        try {
            return JSON.writeValueAsBytes(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts can always be written as JSON", e);
        }
    }
}
