package io.gamemetrics.commandside.player;

import java.util.Map;

/** The codes of the rules of this package. */
public final class PlayerCodes {

    /** The code of events that are counted and never kept. */
    public static final String ERASED = "player.erased";

    /** What each means. */
    public static final Map<String, String> MEANINGS = Map.of(
            OccurredInLivingMemory.FUTURE,
            "The event occurred more than 24 hours in the future.",
            OccurredInLivingMemory.TOO_OLD,
            "The event occurred before 2000.",
            EventIdNamesOneContent.CONFLICT,
            "An event with this id and other content was accepted before.",
            LeaderboardIsDefined.UNKNOWN,
            "The game has not defined this leaderboard.",
            PlayerSendsNotTooMany.TOO_MANY,
            "More events of one player in one minute of occurredAt than the game's limit.",
            SessionStartsAndEndsOnce.CONFLICT,
            "The session has another start, or another end, already.",
            SessionEndsAfterItsStart.END_BEFORE_START,
            "The session's end would have occurred before its start.",
            RefundIsNotMoreThanBought.TOO_MUCH,
            "The refund is more than is left of the purchase.",
            LinkedPlayersAreOnePerson.CONFLICT,
            "The linked player is linked already, or the link would make a chain.",
            ERASED,
            "The player was erased; what occurred before that, or comes before they are readmitted, is refused.");

    private PlayerCodes() {}
}
