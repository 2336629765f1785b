package io.gamemetrics.queryside.game;

import io.gamemetrics.infrastructure.web.Caller;
import io.gamemetrics.infrastructure.web.Role;
import io.gamemetrics.queryside.errors.ErrorCode;
import io.gamemetrics.queryside.errors.QueryRefused;
import io.gamemetrics.sharedkernel.ids.GameId;
import java.util.List;
import java.util.Optional;

/** Who reads which game. */
public final class GameAccess {

    /** Who reads numbers. Those who only send events or answer requests don't. */
    private static final List<Role> READERS = List.of(Role.READ, Role.ANALYST, Role.SUPPORT, Role.OPERATOR);

    private GameAccess() {}

    /**
     * The game of this name, if the caller may know of it; whether it exists is another question.
     *
     * @throws QueryRefused FORBIDDEN when the caller has to do with the game, but does not read numbers
     */
    public static Optional<GameId> granted(Caller caller, String id) {
        Optional<GameId> known = parse(id).filter(caller::knows);
        if (known.isPresent() && READERS.stream().noneMatch(role -> caller.may(role, known.get()))) {
            throw new QueryRefused(ErrorCode.FORBIDDEN, "The caller may not read numbers.");
        }
        return known;
    }

    /** A text that can't be a game's id names no game. */
    private static Optional<GameId> parse(String id) {
        try {
            return Optional.of(new GameId(id));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
