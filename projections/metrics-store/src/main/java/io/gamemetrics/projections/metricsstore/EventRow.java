package io.gamemetrics.projections.metricsstore;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One event as it is counted. Built step by step; used by one thread.
 */
public final class EventRow {

    /** The player's number of an event without a player. */
    public static final int NO_PLAYER = -1;

    private static final int MOST_DIGITS = 1_000;

    final int game;
    final int player;
    final UUID stream;
    final long sequence;
    final Instant occurredAt;
    final EventKind kind;
    final List<@Nullable String> segment;

    @Nullable
    String name;

    @Nullable
    List<@Nullable String> item;

    @Nullable
    Long lengthMillis;

    @Nullable
    Long micros;

    @Nullable
    String currency;

    @Nullable
    BigDecimal value;

    SortedMap<String, BigDecimal> fields = new TreeMap<>();

    /**
     * @param player the player's dense number, or {@link #NO_PLAYER}
     * @param experiments arm by experiment
     */
    public EventRow(
            int game,
            int player,
            UUID stream,
            long sequence,
            Instant occurredAt,
            EventKind kind,
            @Nullable String platform,
            @Nullable String country,
            @Nullable String appVersion,
            Map<String, String> experiments) {
        this.game = game;
        this.player = player;
        this.stream = stream;
        this.sequence = sequence;
        this.occurredAt = occurredAt;
        this.kind = kind;
        this.segment = Terms.segment(platform, country, appVersion, experiments);
    }

    /** A custom event's own name. */
    public EventRow named(String name) {
        this.name = name;
        return this;
    }

    /** The number the event carries; absent: none. One of more than a thousand digits is no number to sum: none too. */
    public EventRow value(@Nullable BigDecimal value) {
        this.value = value != null && isSummable(value) ? value : null;
        return this;
    }

    /** A number among a custom event's fields. */
    public EventRow field(String field, BigDecimal number) {
        if (isSummable(number)) {
            fields.put(field, number);
        }
        return this;
    }

    private static boolean isSummable(BigDecimal number) {
        return Math.abs((long) number.scale()) + number.precision() <= MOST_DIGITS;
    }

    public EventRow item(String itemId, String itemType) {
        this.item = List.of(itemId, itemType);
        return this;
    }

    /** What was paid, earned or given back. */
    public EventRow money(String currency, long micros) {
        this.currency = currency;
        this.micros = micros;
        return this;
    }

    /** A session start's length; absent: not known yet. */
    public EventRow lengthMillis(@Nullable Long lengthMillis) {
        this.lengthMillis = lengthMillis;
        return this;
    }

    /** Which sum its money belongs to, 0 for none: 1 in-app, 2 ads, 3 refunds. */
    short moneyKind() {
        Long amount = micros;
        if (amount == null || amount == 0) {
            return 0;
        }
        return moneyKind(kind);
    }

    static short moneyKind(EventKind kind) {
        return switch (kind) {
            case PURCHASE -> 1;
            case AD_VIEWED -> 2;
            case PURCHASE_REFUNDED -> 3;
            case PLAYER_REGISTERED,
                    SESSION_STARTED,
                    SESSION_ENDED,
                    PROGRESSION,
                    SCORE_SUBMITTED,
                    RESOURCE_FLOW,
                    ITEM_INTERACTED,
                    ACHIEVEMENT_UNLOCKED,
                    PLAYER_LINKED,
                    ERROR_REPORTED,
                    CUSTOM -> 0;
        };
    }
}
