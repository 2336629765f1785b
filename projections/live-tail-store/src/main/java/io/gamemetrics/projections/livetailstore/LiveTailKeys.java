package io.gamemetrics.projections.livetailstore;

import io.gamemetrics.sharedkernel.ids.Position;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The names of the keys. A game's lie in one slot. Each partition has a stream of its own, because an entry's id begins with
 * its last event's number, and these grow within a partition only; and each life of the event store, because numbers begin
 * again.
 */
final class LiveTailKeys {

    /** What all of them begin with. */
    static final String PREFIX = "gm:live:";

    private LiveTailKeys() {}

    static String stream(int game, long incarnation, int partition) {
        return game(game, incarnation) + partition;
    }

    static List<String> streams(int game, long incarnation, int partitions) {
        return IntStream.range(0, partitions)
                .mapToObj(partition -> stream(game, incarnation, partition))
                .toList();
    }

    /** Hash, partition → the last number that may be missing in its stream. */
    static String trimmed(int game, long incarnation) {
        return game(game, incarnation) + "trimmed";
    }

    /** Matches the streams of a game, of all partitions and lives of the event store; digits, so not what was trimmed. */
    static String ofGame(int game) {
        return PREFIX + "{" + game + "}:*:*[0-9]";
    }

    private static String game(int game, long incarnation) {
        return PREFIX + "{" + game + "}:" + incarnation + ":";
    }

    /** Where the last event of an entry stands. */
    static Position position(long incarnation, String id) {
        return new Position(incarnation, Long.parseLong(id, 0, id.indexOf('-'), 10));
    }
}
