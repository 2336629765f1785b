package io.gamemetrics.infrastructure.privacy;

import io.gamemetrics.sharedkernel.ids.PlayerId;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/** Players' ids of one game with the hashes the vault finds them by: one HMAC an id, however many tables are asked. */
final class HashedIds {

    private final int game;
    private final Map<PlayerId, UUID> hashes = new HashMap<>();
    private final Map<UUID, PlayerId> ids = new HashMap<>();

    private HashedIds(int game) {
        this.game = game;
    }

    static HashedIds of(KeyDirectory keys, int game, Collection<PlayerId> players) {
        HashedIds hashed = new HashedIds(game);
        for (PlayerId player : players) {
            UUID hash = keys.playerHash(game, player.value().getBytes(StandardCharsets.UTF_8));
            hashed.hashes.put(player, hash);
            hashed.ids.put(hash, player);
        }
        return hashed;
    }

    int game() {
        return game;
    }

    Set<PlayerId> ids() {
        return hashes.keySet();
    }

    Set<UUID> hashes() {
        return ids.keySet();
    }

    UUID hashOf(PlayerId player) {
        return Objects.requireNonNull(hashes.get(player), "an id that was not hashed");
    }

    PlayerId idOf(UUID hash) {
        return Objects.requireNonNull(ids.get(hash), "a hash that was not asked for");
    }
}
