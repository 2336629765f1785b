package io.gamemetrics.commandside.game;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gamemetrics.sharedkernel.ids.EventId;
import io.gamemetrics.sharedkernel.ids.GameId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The streams that belong to a game and not to a player: names made from the game's id, the same for ever. */
public final class GameStreams {

    /** Streams over which a game's events without a player are spread. */
    public static final int EVENT_STREAMS = 64;

    private GameStreams() {}

    /** The stream of the game's configuration. */
    public static UUID ofGame(GameId game) {
        return UUID.nameUUIDFromBytes(("game:" + game.value()).getBytes(UTF_8));
    }

    /** The stream of this event, which names no player: the same for the same id, so that the id is unique in the game. */
    public static UUID ofEventWithoutPlayer(GameId game, EventId event) {
        return ofShare(game, Math.floorMod(event.value().hashCode(), EVENT_STREAMS));
    }

    /** All streams of the game. */
    public static List<UUID> all(GameId game) {
        List<UUID> streams = new ArrayList<>(EVENT_STREAMS + 1);
        streams.add(ofGame(game));
        for (int share = 0; share < EVENT_STREAMS; share++) {
            streams.add(ofShare(game, share));
        }
        return streams;
    }

    private static UUID ofShare(GameId game, int share) {
        return UUID.nameUUIDFromBytes(
                "game:%s:events:%02d".formatted(game.value(), share).getBytes(UTF_8));
    }
}
