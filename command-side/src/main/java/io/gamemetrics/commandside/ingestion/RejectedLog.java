package io.gamemetrics.commandside.ingestion;

import io.gamemetrics.commandside.player.PlayerCodes;
import io.gamemetrics.infrastructure.eventstore.EventStore;
import io.gamemetrics.infrastructure.eventstore.RejectedEvent;
import io.gamemetrics.infrastructure.eventstore.RejectedEvents;
import io.gamemetrics.infrastructure.privacy.DataKey;
import io.gamemetrics.infrastructure.privacy.Envelope;
import io.gamemetrics.infrastructure.privacy.UnreadableEnvelopeException;
import io.gamemetrics.infrastructure.privacy.Vault;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Keeps refused events as they were sent, for 30 days, sealed under the game's rejection key. Events of a player who was
 * erased are not kept at all. Safe for concurrent use.
 */
public final class RejectedLog {

    /** How long a refused event is kept. */
    public static final Duration KEPT = Duration.ofDays(30);

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
        List<EventAnswer.Problem> kept = ofNobodyErased(gameNumber, batch, problems);
        if (kept.isEmpty()) {
            return;
        }
        DataKey key = vault.rejectionKey(gameNumber);
        byte[] context = context(gameNumber);
        Envelope envelope = new Envelope();
        store.rejectedEvents()
                .append(kept.stream()
                        .map(problem -> new RejectedEvent(
                                gameNumber,
                                receivedAt,
                                receivedAt.plus(KEPT),
                                problem.code(),
                                envelope.seal(
                                        key.encryption(),
                                        context,
                                        refused(batch, problem).toBytes())))
                        .toList());
    }

    /** An event may be refused for something else, and still be of somebody who was erased. */
    private List<EventAnswer.Problem> ofNobodyErased(
            int gameNumber, EventBatch batch, List<EventAnswer.Problem> problems) {
        List<EventAnswer.Problem> kept = problems.stream()
                .filter(problem -> !problem.code().equals(PlayerCodes.ERASED))
                .toList();
        List<Boolean> erased = ErasedInRefused.of(
                vault,
                gameNumber,
                kept.stream().map(problem -> batch.sent(problem.index())).toList());
        return IntStream.range(0, kept.size())
                .filter(i -> !erased.get(i))
                .mapToObj(kept::get)
                .toList();
    }

    /** The log's table, for those who look through it. */
    public RejectedEvents entries() {
        return store.rejectedEvents();
    }

    /** What an entry holds; empty when this vault's key does not open it. */
    public Optional<Refused> open(RejectedEvents.Entry entry) {
        int game = entry.event().tenant();
        try {
            return Optional.of(Refused.ofBytes(new Envelope()
                    .open(
                            vault.rejectionKey(game).encryption(),
                            context(game),
                            entry.event().sealed())));
        } catch (UnreadableEnvelopeException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The entry with other contents; it expires when it always would have. */
    public RejectedEvents.Entry sealed(RejectedEvents.Entry entry, Refused refused) {
        RejectedEvent event = entry.event();
        byte[] sealed = new Envelope()
                .seal(vault.rejectionKey(event.tenant()).encryption(), context(event.tenant()), refused.toBytes());
        return new RejectedEvents.Entry(
                entry.id(),
                new RejectedEvent(event.tenant(), event.receivedAt(), event.expiresAt(), refused.code(), sealed));
    }

    private static Refused refused(EventBatch batch, EventAnswer.Problem problem) {
        String sent = new String(batch.sent(problem.index()), StandardCharsets.UTF_8);
        return new Refused(problem.code(), problem.pointer(), problem.message(), sent, null);
    }
}
