package io.gamemetrics.projections.recommendationsstore;

import io.gamemetrics.sharedkernel.ids.EventId;
import io.gamemetrics.sharedkernel.ids.GameId;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What some events changed, folded in memory until it is written. Used by one thread; events of a stream come in order. */
public final class RecommendationsBatch {

    final Map<Integer, GameId> games = new LinkedHashMap<>();
    final Map<PlayerKey, SourceRow> sources = new LinkedHashMap<>();
    final Map<InteractionKey, InteractionRow> interactions = new LinkedHashMap<>();
    final Map<PurchaseKey, PurchaseRow> purchases = new LinkedHashMap<>();
    final SortedSet<UUID> erased = new TreeSet<>();

    RecommendationsBatch() {}

    /** There is such a game. Again is the same. */
    public void game(int number, GameId gameId) {
        games.put(number, gameId);
    }

    /** A player was seen, with what the event says of where; absent says nothing new. */
    public void seen(int game, UUID stream, @Nullable String country, @Nullable String platform) {
        SourceRow row = source(game, stream);
        row.country = country == null ? row.country : country;
        row.platform = platform == null ? row.platform : platform;
    }

    /** This player is from now on the same person as {@code person}. */
    public void linked(int game, UUID stream, UUID person) {
        source(game, stream).person = person;
    }

    /** @param weight absent counts 1 */
    public void interacted(int game, UUID stream, String itemId, String kind, @Nullable BigDecimal weight) {
        source(game, stream).changed = true;
        InteractionRow row = interactions.computeIfAbsent(
                new InteractionKey(new PlayerKey(game, stream), itemId, kind), key -> new InteractionRow());
        row.events++;
        row.weight = row.weight.add(weight == null ? BigDecimal.ONE : weight);
    }

    /** @param micros what was paid, 0 or more */
    public void purchased(int game, UUID stream, EventId event, String itemId, long micros) {
        PurchaseRow row = purchase(game, stream, event, itemId);
        row.made = true;
        row.paid += micros;
    }

    /**
     * Something of a purchase that is known was given back.
     *
     * @param purchase the purchase's event
     * @param micros in the purchase's currency
     */
    public void refunded(int game, UUID stream, EventId purchase, String itemId, long micros) {
        PurchaseRow row = purchase(game, stream, purchase, itemId);
        row.refunds++;
        row.refunded = row.refunded.add(BigDecimal.valueOf(micros));
    }

    /**
     * Everything this player did is taken away, here and in the tables, as if they had never been seen, the places of their
     * parked events included; models are due for a new training. Their pseudonym itself stays pending until their vector is
     * gone too: {@link RecommendationsWriter#isPending}.
     */
    public void erased(UUID stream) {
        sources.keySet().removeIf(key -> key.stream().equals(stream));
        interactions.keySet().removeIf(key -> key.player().stream().equals(stream));
        purchases.keySet().removeIf(key -> key.player().stream().equals(stream));
        sources.values().forEach(row -> row.person = stream.equals(row.person) ? null : row.person);
        erased.add(stream);
    }

    private SourceRow source(int game, UUID stream) {
        return sources.computeIfAbsent(new PlayerKey(game, stream), key -> new SourceRow());
    }

    private PurchaseRow purchase(int game, UUID stream, EventId event, String itemId) {
        source(game, stream).changed = true;
        return purchases.computeIfAbsent(
                new PurchaseKey(new PlayerKey(game, stream), key(stream, event)), key -> new PurchaseRow(itemId));
    }

    /** Sixteen bytes that mean nothing without the stream, which goes when the player is erased. */
    private static UUID key(UUID stream, EventId event) {
        byte[] id = event.value().getBytes(StandardCharsets.UTF_8);
        return UUID.nameUUIDFromBytes(ByteBuffer.allocate(16 + id.length)
                .putLong(stream.getMostSignificantBits())
                .putLong(stream.getLeastSignificantBits())
                .put(id)
                .array());
    }

    /** A player's stream in a game. */
    record PlayerKey(int game, UUID stream) {}

    record InteractionKey(PlayerKey player, String itemId, String kind) {}

    record PurchaseKey(PlayerKey player, UUID purchase) {}

    static final class SourceRow {
        @Nullable
        UUID person;

        @Nullable
        String country;

        @Nullable
        String platform;

        /** Whether their items changed. */
        boolean changed;
    }

    static final class InteractionRow {
        long events;
        BigDecimal weight = BigDecimal.ZERO;
    }

    static final class PurchaseRow {
        final String itemId;

        /** Whether the purchase is of this batch. */
        boolean made;

        long paid;
        int refunds;
        BigDecimal refunded = BigDecimal.ZERO;

        PurchaseRow(String itemId) {
            this.itemId = itemId;
        }
    }
}
