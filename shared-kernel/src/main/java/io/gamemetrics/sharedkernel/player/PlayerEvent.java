package io.gamemetrics.sharedkernel.player;

import io.gamemetrics.sharedkernel.ids.EventId;
import io.gamemetrics.sharedkernel.ids.Pseudonym;
import io.gamemetrics.sharedkernel.money.Money;
import io.gamemetrics.sharedkernel.privacy.EndsAPerson;
import io.gamemetrics.sharedkernel.privacy.OutlivesItsPerson;
import io.gamemetrics.sharedkernel.privacy.PersonalData;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is reported of a player, in that player's own stream, what a moderator decided about them, and that
 * they were erased. {@link ErrorReported} and {@link CustomReported} may also come without a player, in one of the game's own streams.
 *
 * <p>A record holds what the sender wrote, and, where its Javadoc says <i>decided</i>, what the aggregate added. {@link
 * #asSent} takes the decided part away again, so that a repeated event can be told from a different one.
 */
public sealed interface PlayerEvent {

    EventHeader header();

    /** This event as its sender wrote it: without any decided part. */
    PlayerEvent asSent();

    record PlayerRegistered(
            EventHeader header,
            @PersonalData @Nullable String displayName,
            @Nullable String acquisition) implements PlayerEvent {
        @Override
        public PlayerRegistered asSent() {
            return new PlayerRegistered(header.asSent(), displayName, acquisition);
        }

        @Override
        public String toString() {
            return "PlayerRegistered[header=" + header + ", displayName=…, acquisition=" + acquisition + "]";
        }
    }

    /** @param lengthMillis decided: the session's length, when its end was already known; else absent */
    record SessionStarted(EventHeader header, @Nullable Long lengthMillis) implements PlayerEvent {
        @Override
        public SessionStarted asSent() {
            return new SessionStarted(header.asSent(), null);
        }
    }

    /**
     * @param durationMillis what the sender measured; absent: end minus start
     * @param started decided: the start this end belongs to; absent while the start has not arrived
     */
    record SessionEnded(
            EventHeader header,
            @Nullable Long durationMillis,
            @Nullable KnownStart started) implements PlayerEvent {
        @Override
        public SessionEnded asSent() {
            return new SessionEnded(header.asSent(), durationMillis, null);
        }

        /**
         * The session start an end was joined to.
         *
         * @param sequence the start's place in the player's stream
         * @param lengthMillis the session's length
         */
        public record KnownStart(long sequence, Instant occurredAt, long lengthMillis) {}
    }

    record ProgressionMade(
            EventHeader header,
            Status status,
            String world,
            @Nullable String stage,
            @Nullable String phase,
            @Nullable Long score)
            implements PlayerEvent {
        @Override
        public ProgressionMade asSent() {
            return new ProgressionMade(header.asSent(), status, world, stage, phase, score);
        }

        public enum Status {
            START,
            COMPLETE,
            FAIL
        }
    }

    /** @param score within ±(2^53−1), so that every client reads it exactly */
    record ScoreSubmitted(EventHeader header, String leaderboardId, long score) implements PlayerEvent {
        @Override
        public ScoreSubmitted asSent() {
            return new ScoreSubmitted(header.asSent(), leaderboardId, score);
        }
    }

    /** @param settles decided: refunds that came before this purchase and count from now on, each on its own day */
    record PurchaseMade(EventHeader header, String itemId, String itemType, Money price, List<SettledRefund> settles)
            implements PlayerEvent {

        public PurchaseMade {
            settles = List.copyOf(settles);
        }

        @Override
        public PurchaseMade asSent() {
            return new PurchaseMade(header.asSent(), itemId, itemType, price, List.of());
        }

        /**
         * A refund that had been waiting for its purchase.
         *
         * @param sequence the refund's place in the player's stream
         * @param micros what of it counts, in the purchase's currency
         */
        public record SettledRefund(EventId eventId, long sequence, Instant occurredAt, long micros) {}
    }

    /**
     * @param amountMicros in the purchase's currency; absent: all that is left of the purchase
     * @param settled decided: what is given back and for what; absent while the purchase has not arrived
     */
    record PurchaseRefunded(
            EventHeader header,
            EventId purchaseEventId,
            @Nullable Long amountMicros,
            @Nullable Settlement settled) implements PlayerEvent {
        @Override
        public PurchaseRefunded asSent() {
            return new PurchaseRefunded(header.asSent(), purchaseEventId, amountMicros, null);
        }

        /** What a refund gives back. */
        public record Settlement(String itemId, String itemType, Money amount) {}
    }

    /** @param amount more than 0 */
    record ResourceFlowed(
            EventHeader header, Flow flow, String resource, BigDecimal amount, String itemType, String itemId)
            implements PlayerEvent {
        @Override
        public ResourceFlowed asSent() {
            return new ResourceFlowed(header.asSent(), flow, resource, amount, itemType, itemId);
        }

        public enum Flow {
            SOURCE,
            SINK
        }
    }

    /** @param revenue absent when the network did not say what the view earned */
    record AdViewed(
            EventHeader header,
            String network,
            String placement,
            @Nullable Money revenue) implements PlayerEvent {
        @Override
        public AdViewed asSent() {
            return new AdViewed(header.asSent(), network, placement, revenue);
        }
    }

    record ItemInteracted(
            EventHeader header,
            String itemId,
            String kind,
            @Nullable BigDecimal weight) implements PlayerEvent {
        @Override
        public ItemInteracted asSent() {
            return new ItemInteracted(header.asSent(), itemId, kind, weight);
        }
    }

    record AchievementUnlocked(EventHeader header, String achievementId) implements PlayerEvent {
        @Override
        public AchievementUnlocked asSent() {
            return new AchievementUnlocked(header.asSent(), achievementId);
        }
    }

    /** From now on {@code linked} is the same person as this stream's player. In the stream of the player who links. */
    record PlayerLinked(EventHeader header, Pseudonym linked) implements PlayerEvent {
        @Override
        public PlayerLinked asSent() {
            return new PlayerLinked(header.asSent(), linked);
        }
    }

    /**
     * The other half of {@link PlayerLinked}, in the stream of the player who was linked: a second link of the same
     * player is refused there.
     */
    record LinkedToPlayer(EventHeader header, Pseudonym person) implements PlayerEvent {
        @Override
        public LinkedToPlayer asSent() {
            return new LinkedToPlayer(header.asSent(), person);
        }
    }

    /**
     * A moderator took this player off a leaderboard, or off all of them. Bans of single boards and the ban from all
     * are apart: lifting one leaves the others.
     *
     * @param header made by the platform: {@code occurredAt} is when it was asked for; no deed of the player's
     * @param leaderboardId absent: every board of the game, those to come included
     * @param by who asked: the subject of their token
     * @param reason in the moderator's words; absent when none was given
     */
    record LeaderboardBanned(
            EventHeader header,
            @Nullable String leaderboardId,
            @PersonalData(purpose = "audit") String by,
            @PersonalData(purpose = "audit") @Nullable String reason)
            implements PlayerEvent {
        @Override
        public LeaderboardBanned asSent() {
            return this;
        }

        @Override
        public String toString() {
            return "LeaderboardBanned[header=" + header + ", leaderboardId=" + leaderboardId + ", by=…, reason=…]";
        }
    }

    /**
     * A moderator lifted a {@link LeaderboardBanned}: the player stands where their scores put them, unless another ban
     * still holds.
     *
     * @param header made by the platform: {@code occurredAt} is when it was asked for; no deed of the player's
     * @param leaderboardId absent: the ban from all boards is lifted, bans of single boards stay
     * @param by who asked: the subject of their token
     */
    record LeaderboardUnbanned(
            EventHeader header,
            @Nullable String leaderboardId,
            @PersonalData(purpose = "audit") String by) implements PlayerEvent {
        @Override
        public LeaderboardUnbanned asSent() {
            return this;
        }

        @Override
        public String toString() {
            return "LeaderboardUnbanned[header=" + header + ", leaderboardId=" + leaderboardId + ", by=…]";
        }
    }

    record ErrorReported(
            EventHeader header,
            String severity,
            @PersonalData String message) implements PlayerEvent {
        @Override
        public ErrorReported asSent() {
            return new ErrorReported(header.asSent(), severity, message);
        }

        @Override
        public String toString() {
            return "ErrorReported[header=" + header + ", severity=" + severity + ", message=…]";
        }
    }

    /**
     * @param name 1 to 5 parts joined by {@code :}
     * @param fields text, number or truth value by name, at most 50; a whole number within 64 bits is a {@link Long},
     *     any other a {@link BigDecimal} without trailing zeros
     */
    record CustomReported(
            EventHeader header,
            String name,
            @Nullable BigDecimal value,
            @PersonalData Map<String, Object> fields) implements PlayerEvent {

        public CustomReported {
            fields = FieldValues.canonical(fields);
        }

        @Override
        public CustomReported asSent() {
            return new CustomReported(header.asSent(), name, value, fields);
        }

        @Override
        public String toString() {
            return "CustomReported[header=" + header + ", name=" + name + ", value=" + value + ", fields=…]";
        }
    }

    /**
     * The player is about to be erased: whatever comes for this stream from now on is refused, but for {@link Erased}.
     *
     * @param at when it was ordered
     */
    record ErasureBegun(Instant at) implements PlayerEvent, OutlivesItsPerson {

        private static final EventId ID = new EventId("erasure.begun");

        /** Made by the platform; no deed of the player's. */
        @Override
        public EventHeader header() {
            return new EventHeader(ID, at, null, Dimensions.NONE, false);
        }

        @Override
        public ErasureBegun asSent() {
            return this;
        }
    }

    /**
     * The player was erased. The last event of the stream: nothing that any event before it said is kept or counted.
     *
     * @param at when it was ordered
     */
    record Erased(Instant at) implements PlayerEvent, EndsAPerson {

        private static final EventId ID = new EventId("erased");

        /** Made by the platform; no deed of the player's. */
        @Override
        public EventHeader header() {
            return new EventHeader(ID, at, null, Dimensions.NONE, false);
        }

        @Override
        public Erased asSent() {
            return this;
        }
    }
}
