package io.gamemetrics.commandside.player;

import io.gamemetrics.sharedkernel.ids.EventId;
import io.gamemetrics.sharedkernel.ids.Pseudonym;
import io.gamemetrics.sharedkernel.ids.SessionId;
import io.gamemetrics.sharedkernel.money.Money;
import io.gamemetrics.sharedkernel.player.Dimensions;
import io.gamemetrics.sharedkernel.player.EventHeader;
import io.gamemetrics.sharedkernel.player.PlayerEvent.AchievementUnlocked;
import io.gamemetrics.sharedkernel.player.PlayerEvent.LeaderboardBanned;
import io.gamemetrics.sharedkernel.player.PlayerEvent.LeaderboardUnbanned;
import io.gamemetrics.sharedkernel.player.PlayerEvent.PlayerLinked;
import io.gamemetrics.sharedkernel.player.PlayerEvent.PurchaseMade;
import io.gamemetrics.sharedkernel.player.PlayerEvent.PurchaseRefunded;
import io.gamemetrics.sharedkernel.player.PlayerEvent.ScoreSubmitted;
import io.gamemetrics.sharedkernel.player.PlayerEvent.SessionEnded;
import io.gamemetrics.sharedkernel.player.PlayerEvent.SessionStarted;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Events as senders write them, in few words. Times are minutes after noon. */
final class Events {

    static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    static final Pseudonym PLAYER = new Pseudonym(new UUID(7, 1));
    static final String MODERATOR = "moderator@example.org";
    static final Pseudonym OTHER = new Pseudonym(new UUID(7, 2));

    private Events() {}

    static Instant at(long minute) {
        return NOON.plusSeconds(60 * minute);
    }

    static EventHeader header(String id, long minute, @Nullable String session) {
        return new EventHeader(
                new EventId(id), at(minute), session == null ? null : new SessionId(session), Dimensions.NONE, false);
    }

    static SessionStarted start(String id, String session, long minute) {
        return new SessionStarted(header(id, minute, session), null);
    }

    static SessionEnded end(String id, String session, long minute, @Nullable Long durationMillis) {
        return new SessionEnded(header(id, minute, session), durationMillis, null);
    }

    static AchievementUnlocked achievement(String id, String what, @Nullable String session, long minute) {
        return new AchievementUnlocked(header(id, minute, session), what);
    }

    static ScoreSubmitted score(String id, String leaderboard, long score) {
        return new ScoreSubmitted(header(id, 0, null), leaderboard, score);
    }

    static LeaderboardBanned banned(String id, @Nullable String leaderboard, @Nullable String reason) {
        return new LeaderboardBanned(header(id, 0, null), leaderboard, MODERATOR, reason);
    }

    static LeaderboardUnbanned unbanned(String id, @Nullable String leaderboard) {
        return new LeaderboardUnbanned(header(id, 0, null), leaderboard, MODERATOR);
    }

    static PurchaseMade purchase(String id, long micros, long minute) {
        return new PurchaseMade(
                header(id, minute, null), "gems5", "iap", new Money(Currency.getInstance("USD"), micros), List.of());
    }

    static PurchaseRefunded refund(String id, String purchase, @Nullable Long micros, long minute) {
        return new PurchaseRefunded(header(id, minute, null), new EventId(purchase), micros, null);
    }

    static PlayerLinked link(String id, Pseudonym linked, long minute) {
        return new PlayerLinked(header(id, minute, null), linked);
    }
}
