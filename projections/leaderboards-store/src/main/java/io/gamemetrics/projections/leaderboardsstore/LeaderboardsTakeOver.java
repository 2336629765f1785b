package io.gamemetrics.projections.leaderboardsstore;

import io.gamemetrics.infrastructure.readstore.LeftOut;
import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.ParkedEvent;
import io.gamemetrics.sharedkernel.ids.Position;
import io.gamemetrics.sharedkernel.ids.QuarantinedStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Begins a version of the boards with those of another one, of all games but some, while that is written. First it is
 * written down how far each partition is, and what is parked there stays parked; then each game and board is brought in
 * pieces, so that Redis answers everybody in between. What comes after the position written down is handled again, whether
 * or not it is in the copy by then. Broken off, the next time goes on from what was written down.
 */
public final class LeaderboardsTakeOver {

    private static final String GAME = "game:";
    private static final String FROM = "from";
    private static final String LEFT_OUT = "left-out";
    private static final String PARTITION = "partition:";
    private static final String PARKED = "parked";

    /** Is there when all was taken over. */
    static final String DONE = "done";

    private final Redis into;
    private final Redis from;
    private final Map<String, String> request;
    private final LeftOut leftOut;
    private final int piece;

    LeaderboardsTakeOver(Redis into, Redis from, LeftOut leftOut, int piece) {
        this.piece = piece;
        this.into = into;
        this.from = from;
        this.leftOut = leftOut;
        this.request = Map.of(FROM, from.keys().pattern(), LEFT_OUT, new TreeSet<>(leftOut.games()).toString());
    }

    /**
     * Takes over; again changes nothing.
     *
     * @param into the version that is filled
     * @param from the version that is read
     * @param leftOut games whose boards are not taken
     * @return how far each partition's events are at least in every board, by partition
     * @throws IllegalStateException when the version has begun to handle events, or took over something else
     * @throws LeaderboardsStoreException when Redis can't be asked, or has lost something that is needed for it
     */
    public static Map<Integer, Position> run(LeaderboardsRedis redis, int into, int from, LeftOut leftOut) {
        return new LeaderboardsTakeOver(new Redis(redis, into), new Redis(redis, from), leftOut, BoardPieces.PIECE)
                .run();
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
        if (known.containsKey(DONE)) {
            return positions;
        }
        try {
            bring(positions, known);
        } catch (LeaderboardsStoreException e) {
            if (!isWanted()) {
                new LeaderboardsCleaner(into).drop();
            }
            throw e;
        }
        return positions;
    }

    private void bring(Map<Integer, Position> positions, Map<String, String> known) {
        if (!known.containsKey(PARKED)) {
            positions.forEach(this::copyParked);
            note(PARKED);
        }
        for (byte[] member : from.members(from.keys().games())) {
            int game = Integer.parseInt(Bytes.text(member));
            if (!leftOut.games().contains(game) && !known.containsKey(GAME + game)) {
                copy(game, positions, known);
            }
        }
        note(DONE);
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
            if (Roots.isRoot(field)
                    && into.fields(Roots.keyOf(into.keys(), field)).isEmpty()) {
                throw new LeaderboardsStoreException("Redis has lost what was taken over: " + field);
            }
        }
    }

    /** The game is noted last: its boards are known by then. */
    private void copy(int game, Map<Integer, Position> positions, Map<String, String> known) {
        BoardPieces pieces = new BoardPieces(into, from, positions, piece);
        requireWanted();
        // First: whoever takes a player out looks here for where there may be something.
        into.addToSet(into.keys().games(), Bytes.of(game));
        pieces.bring(game);
        for (String boardId : new GameRegistry(into, game).config().boards()) {
            Keys.Board board = new Keys.Board(game, boardId);
            if (known.containsKey(Roots.of(board))) {
                continue;
            }
            requireWanted();
            boolean isThere = pieces.bring(board);
            requireKept(board, positions);
            if (isThere) {
                note(Roots.of(board));
            }
        }
        note(GAME + game);
    }

    /** What the other version lost meanwhile was not brought, and it would not be handled again here. */
    private void requireKept(Keys.Board board, Map<Integer, Position> positions) {
        positions.forEach((partition, position) -> {
            Roots roots = Roots.read(from, partition);
            Checkpoint checkpoint = CheckpointText.parse(roots.checkpoint());
            if (checkpoint == null
                    || checkpoint.position().number() < position.number()
                    || !roots.isIn(from, Roots.of(board))) {
                throw new LeaderboardsStoreException("some board was lost and is counted again: later");
            }
        });
    }

    /** A version that is dropped while it takes over does not come back: what was brought just then is dropped too. */
    private boolean isWanted() {
        return into.get(into.keys().takenOver(), Bytes.of(FROM)) != null;
    }

    private void requireWanted() {
        if (!isWanted()) {
            throw new LeaderboardsStoreException("the version was dropped while it took over");
        }
    }

    private void note(String field) {
        requireWanted();
        into.put(into.keys().takenOver(), Map.of(Bytes.of(field), Bytes.of(1)));
    }

    /** Before the boards, once: what is released from here on is in boards that are brought later, and is left out there. */
    private void copyParked(int partition, Position position) {
        List<ParkedEvent> waiting = ParkedText.all(from, partition);
        Set<UUID> rebuilt = QuarantinedStream.of(waiting).stream()
                .filter(leftOut::has)
                .map(QuarantinedStream::stream)
                .collect(Collectors.toSet());
        for (ParkedEvent event : waiting) {
            if (event.position().number() <= position.number() && !rebuilt.contains(event.stream())) {
                into.putIfAbsent(into.keys().parked(partition), ParkedText.field(event), ParkedText.of(event));
            }
        }
    }
}
