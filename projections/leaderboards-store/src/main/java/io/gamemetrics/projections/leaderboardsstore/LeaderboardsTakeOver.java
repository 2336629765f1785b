package io.gamemetrics.projections.leaderboardsstore;

import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.Position;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Begins a version of the boards with those of another one, of all games but some, while that is written. First it is
 * written down how far each partition is; then each board is copied by itself, all of it at one moment, with how far it has
 * come by then: what it has already it leaves out later. Broken off, the next time goes on from what was written down. What
 * was parked stays parked.
 *
 * <p>Redis answers nobody while it copies a board.
 */
public final class LeaderboardsTakeOver {

    private static final String GAME = "game:";
    private static final String FROM = "from";
    private static final String LEFT_OUT = "left-out";
    private static final String PARTITION = "partition:";
    private static final int MOST_TRIES = 100;
    private static final long NOT_ALL_PERIODS = -2;

    private final Redis into;
    private final Redis from;
    private final Map<String, String> request;
    private final Set<Integer> leftOut;

    LeaderboardsTakeOver(Redis into, Redis from, Set<Integer> leftOut) {
        this.into = into;
        this.from = from;
        this.leftOut = new TreeSet<>(leftOut);
        this.request = Map.of(FROM, from.keys().pattern(), LEFT_OUT, this.leftOut.toString());
    }

    /**
     * Takes over; again changes nothing.
     *
     * @param into the version that is filled
     * @param from the version that is read
     * @param leftOut numbers of the games whose boards are not taken
     * @return how far each partition's events are at least in every board, by partition
     * @throws IllegalStateException when the version has begun to handle events, or took over something else
     * @throws LeaderboardsStoreException when Redis can't be asked, or has lost something that is needed for it
     */
    public static Map<Integer, Position> run(LeaderboardsRedis redis, int into, int from, Set<Integer> leftOut) {
        return new LeaderboardsTakeOver(new Redis(redis, into), new Redis(redis, from), leftOut).run();
    }

    Map<Integer, Position> run() {
        Map<String, String> known = into.all(into.keys().takenOver());
        if (known.isEmpty()) {
            known = begin();
        } else if (!known.entrySet().containsAll(request.entrySet())) {
            throw new IllegalStateException(
                    "another take-over was begun: from=" + known.get(FROM) + " leftOut=" + known.get(LEFT_OUT));
        }
        Map<Integer, Position> positions = new TreeMap<>();
        known.forEach((field, value) -> {
            if (field.startsWith(PARTITION)) {
                positions.put(Integer.valueOf(field.substring(PARTITION.length())), Position.parse(value));
            }
        });
        requireWhole(known.keySet());
        for (byte[] member : from.members(from.keys().games())) {
            int game = Integer.parseInt(Bytes.text(member));
            if (!leftOut.contains(game) && !known.containsKey(GAME + game)) {
                copy(game, known);
            }
        }
        positions.forEach(this::copyParked);
        return positions;
    }

    /** Before anything is copied: what is copied later has at least this. */
    @SuppressWarnings("ArrayAsKeyOfSetOrMap") // As Redis' client wants it; nothing is looked up.
    private Map<String, String> begin() {
        if (!Readiness.partitions(into).isEmpty()) {
            throw new IllegalStateException("the version has begun to handle events");
        }
        Map<String, String> fields = new HashMap<>(request);
        for (int partition : Readiness.partitions(from)) {
            Roots roots = Roots.read(from, partition);
            Checkpoint checkpoint = CheckpointText.parse(roots.checkpoint());
            if (checkpoint != null) {
                if (!roots.areIn(from)) {
                    throw new LeaderboardsStoreException("some board was lost and is counted again: later");
                }
                fields.put(PARTITION + partition, checkpoint.position().toString());
            }
        }
        Map<byte[], byte[]> bytes = new HashMap<>();
        fields.forEach((field, value) -> bytes.put(Bytes.of(field), Bytes.of(value)));
        into.put(into.keys().takenOver(), bytes);
        return fields;
    }

    /** What was copied is not copied again, and is not counted from its beginning: lost, it is missing for good. */
    private void requireWhole(Set<String> fields) {
        for (String field : fields) {
            if ((field.startsWith(GAME) || field.startsWith(Roots.BOARD))
                    && into.fields(Roots.keyOf(into.keys(), field)).isEmpty()) {
                throw new LeaderboardsStoreException("Redis has lost what was taken over: " + field);
            }
        }
    }

    /** The game is noted last: its boards are known by then. */
    private void copy(int game, Map<String, String> known) {
        copy(ofGame(from.keys(), game), ofGame(into.keys(), game), List.of(Bytes.of(0)));
        into.addToSet(into.keys().games(), Bytes.of(game));
        for (String boardId : new GameRegistry(into, game).config().boards()) {
            Keys.Board board = new Keys.Board(game, boardId);
            if (!known.containsKey(Roots.of(board)) && copy(board)) {
                note(Roots.of(board));
            }
        }
        note(GAME + game);
    }

    private static List<byte[]> ofGame(Keys keys, int game) {
        return List.of(keys.config(game), keys.links(game), keys.bans(game));
    }

    private void note(String field) {
        into.put(into.keys().takenOver(), Map.of(Bytes.of(field), Bytes.of(1)));
    }

    /** @return whether there is such a board: one that was defined just now may have no keys so far */
    private boolean copy(Keys.Board board) {
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            List<String> periods = from.fields(from.keys().changed(board)).stream()
                    .map(Bytes::text)
                    .toList();
            long copied = copy(
                    ofBoard(from.keys(), board, periods),
                    ofBoard(into.keys(), board, periods),
                    List.of(Bytes.of(1), Bytes.of(periods.size())));
            if (copied != NOT_ALL_PERIODS) {
                return copied != 0;
            }
        }
        throw new LeaderboardsStoreException("board " + board.id() + " of game " + board.game()
                + " begins new periods faster than it can be copied");
    }

    private static List<byte[]> ofBoard(Keys keys, Keys.Board board, List<String> periods) {
        return Stream.concat(
                        keys.ofScripts(board).stream(),
                        periods.stream()
                                .flatMap(period -> Stream.of(keys.rank(board, period), keys.state(board, period))))
                .toList();
    }

    private long copy(List<byte[]> here, List<byte[]> there, List<byte[]> arguments) {
        List<byte[]> keys = new ArrayList<>(here);
        keys.addAll(there);
        Long copied = into.run(Scripts.COPY, keys, arguments);
        if (copied == null) {
            throw new LeaderboardsStoreException("Redis did not say whether it copied");
        }
        return copied;
    }

    /** A stream nobody knows is parked too: then all its events are, and none is lost. */
    private void copyParked(int partition, Position position) {
        from.all(from.keys().parked(partition)).forEach((at, event) -> {
            UUID stream = UUID.fromString(event.substring(0, event.indexOf('|')));
            if (Position.parse(at).number() <= position.number() && !isLeftOut(stream)) {
                into.putIfAbsent(into.keys().parked(partition), Bytes.of(at), Bytes.of(event));
            }
        });
    }

    private boolean isLeftOut(UUID stream) {
        byte[] player = Bytes.of(stream);
        return leftOut.stream().anyMatch(game -> new GameRegistry(from, game)
                .config().boards().stream()
                        .map(boardId -> new Keys.Board(game, boardId))
                        .anyMatch(board ->
                                from.get(from.keys().state(board, Period.ALL_TIME.toString()), player) != null));
    }
}
