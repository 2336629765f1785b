package io.gamemetrics.commandside.game;

import io.gamemetrics.sharedkernel.game.GameEvent.LimitsSet;
import io.gamemetrics.sharedkernel.ids.GameId;
import java.time.ZoneId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A game as the command side sees it, at most a second old. */
public final class GameView {

    private final int number;
    private final GameState state;

    GameView(int number, GameState state) {
        this.number = number;
        this.state = state;
    }

    /** The game's dense number. */
    public int number() {
        return number;
    }

    public GameId gameId() {
        return state.gameId();
    }

    /** Where its days begin and end. */
    public ZoneId timeZone() {
        return state.timeZone();
    }

    /** What the game may send; absent: unlimited. */
    public @Nullable LimitsSet limits() {
        return state.limits();
    }

    /** The ids of its leaderboards. */
    public Set<String> leaderboards() {
        return state.leaderboards().keySet();
    }

    GameState state() {
        return state;
    }
}
