package io.gamemetrics.commandside.game;

import io.gamemetrics.infrastructure.eventstore.EventCodec;
import io.gamemetrics.infrastructure.eventstore.EventCodec.Decoded;
import io.gamemetrics.infrastructure.eventstore.EventStore;
import io.gamemetrics.infrastructure.eventstore.StoredEvent;
import io.gamemetrics.infrastructure.privacy.Vault;
import io.gamemetrics.sharedkernel.game.GameEvent;
import io.gamemetrics.sharedkernel.ids.GameId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Games folded from their own streams and kept for a second; then the stream's head tells whether there is more to read.
 * So a revoked key is refused, on every replica, at most a second later. Safe for concurrent use.
 */
public final class GameViews {

    private static final long FRESH_NANOS = Duration.ofSeconds(1).toNanos();
    private static final int PAGE = 500;

    private final EventStore store;
    private final EventCodec codec;
    private final Vault vault;
    private final Map<GameId, Held> held = new ConcurrentHashMap<>();

    /** @param lastSequence of the stream's events that are in the state */
    private record Held(GameView view, long lastSequence, long checkedAtNanos) {}

    public GameViews(EventStore store, EventCodec codec, Vault vault) {
        this.store = store;
        this.codec = codec;
        this.vault = vault;
    }

    /** The game with this id; empty when it was never created. */
    public Optional<GameView> find(GameId id) {
        Held known = held.get(id);
        if (known != null && System.nanoTime() - known.checkedAtNanos < FRESH_NANOS) {
            return Optional.of(known.view);
        }
        return Optional.ofNullable(refresh(id, known)).map(Held::view);
    }

    /** The game as its stream says now, whatever was held of it. */
    public Optional<GameView> current(GameId id) {
        return Optional.ofNullable(refresh(id, held.get(id))).map(Held::view);
    }

    /** The game with this number; empty when there is none. */
    Optional<GameView> findByNumber(int number) {
        return vault.gameOf(number).flatMap(this::find);
    }

    /** All games, in the order they were created. */
    List<GameView> all() {
        List<GameView> games = new ArrayList<>();
        for (int number = 1; ; number++) {
            Optional<GameId> id = vault.gameOf(number);
            if (id.isEmpty()) {
                return games;
            }
            find(id.get()).ifPresent(games::add);
        }
    }

    /** Makes the next look at this game read its stream. */
    void expire(GameId id) {
        held.remove(id);
    }

    private @Nullable Held refresh(GameId id, @Nullable Held known) {
        long now = System.nanoTime();
        Optional<Integer> number = vault.findGameNumber(id);
        if (number.isEmpty()) {
            return null;
        }
        UUID stream = GameStreams.ofGame(id);
        GameState state = known == null ? null : known.view.state();
        long last = known == null ? -1 : known.lastSequence;
        Long head = store.headSequences(List.of(stream)).get(stream);
        while (head != null && last < head) {
            List<StoredEvent> page = store.readStream(stream, last + 1, PAGE);
            if (page.isEmpty()) {
                break;
            }
            for (Decoded decoded : codec.decode(page)) {
                state = GameState.evolve(state, event(decoded));
            }
            last = page.getLast().sequence();
        }
        if (state == null) {
            return null;
        }
        Held fresh = new Held(new GameView(number.get(), state), last, now);
        held.put(id, fresh);
        return fresh;
    }

    private static GameEvent event(Decoded decoded) {
        if (decoded instanceof Decoded.Event event && event.payload() instanceof GameEvent gameEvent) {
            return gameEvent;
        }
        throw new IllegalStateException(
                "an event of a game can't be read: " + decoded.getClass().getSimpleName());
    }
}
