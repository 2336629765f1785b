package io.gamemetrics.projections.leaderboardsstore;

import io.gamemetrics.infrastructure.readstore.LeftOut;
import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.ParkedEvent;
import io.gamemetrics.sharedkernel.ids.Position;
import io.gamemetrics.sharedkernel.ids.QuarantinedStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Begins a version of the boards with those of another one, of all games but some, while that is written. First it is
 * written down how far each partition is, and what is parked there stays parked; then each game and board is brought in
 * pieces, so that Redis answers everybody in between. What comes after the position written down is handled again, whether
 * or not it is in the copy by then. Broken off, the next time brings what is not whole so far; so it does where Redis has lost
 * some of it since.
 */
public final class LeaderboardsTakeOver {

    private static final String LEFT_OUT = "left-out";

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
        this.request =
                Map.of(TakenOver.FROM, from.keys().pattern(), LEFT_OUT, new TreeSet<>(leftOut.games()).toString());
    }

    /**
     * Takes over; again changes nothing.
     *
     * @param into the version that is filled
     * @param from the version that is read
     * @param leftOut games whose boards are not taken
     * @return how far each partition's events are at least in every board, by partition
     * @throws IllegalStateException when the version has begun to handle events, or took over something else
     * @throws LeaderboardsStoreException when Redis can't be asked, or has lost something that is needed for it; once more
     *     brings it, unless the version has begun to handle events
     */
    public static Map<Integer, Position> run(LeaderboardsRedis redis, int into, int from, LeftOut leftOut) {
        return new LeaderboardsTakeOver(new Redis(redis, into), new Redis(redis, from), leftOut, BoardPieces.PIECE)
                .run();
    }

    Map<Integer, Position> run() {
        TakenOver known = TakenOver.read(into);
        if (known.fields().isEmpty()) {
            known = begin();
        } else if (!known.fields().entrySet().containsAll(request.entrySet())) {
            throw new IllegalStateException("another take-over was begun: from="
                    + known.fields().get(TakenOver.FROM) + " leftOut="
                    + known.fields().get(LEFT_OUT));
        }
        Map<Integer, Position> positions = known.positions();
        if (known.isDone() && known.lost().isEmpty()) {
            return positions;
        }
        if (hasBegun()) {
            throw new LeaderboardsStoreException("Redis has lost what was taken over, and the version has begun");
        }
        try {
            bring(withParked(known), positions);
        } catch (LeaderboardsStoreException e) {
            if (into.get(into.keys().takenOver(), Bytes.of(TakenOver.FROM)) == null) {
                // A version that is dropped meanwhile does not come back: what was brought just then is dropped too.
                new LeaderboardsCleaner(into).drop();
            }
            throw e;
        }
        return positions;
    }

    private boolean hasBegun() {
        return !Readiness.partitions(into).isEmpty();
    }

    /** Before anything is copied: what is copied later has at least this. */
    private TakenOver begin() {
        if (hasBegun()) {
            throw new IllegalStateException("the version has begun to handle events");
        }
        Map<String, String> fields = new HashMap<>(request);
        for (int partition : Readiness.partitions(from)) {
            Roots roots = Roots.read(from, partition);
            Checkpoint checkpoint = CheckpointText.parse(roots.checkpoint());
            if (checkpoint != null) {
                if (!roots.areIn(from)) {
                    throw isLost();
                }
                fields.put(TakenOver.of(partition), checkpoint.position().toString());
            }
        }
        write(fields);
        return new TakenOver(into, fields);
    }

    @SuppressWarnings("ArrayAsKeyOfSetOrMap") // As Redis' client wants it; nothing is looked up.
    private void write(Map<String, String> fields) {
        Map<byte[], byte[]> bytes = new HashMap<>();
        fields.forEach((field, value) -> bytes.put(Bytes.of(field), Bytes.of(value)));
        into.put(into.keys().takenOver(), bytes);
    }

    /**
     * What waits comes before the boards, as a whole: what is released from here on is in boards that are brought later, and
     * is left out there. So where some of it is not there, the boards are brought again as well.
     */
    private TakenOver withParked(TakenOver known) {
        if (known.id() != null
                && known.positions().keySet().stream().map(TakenOver::of).allMatch(known::isWhole)) {
            return known;
        }
        String id = UUID.randomUUID().toString();
        // First: an end that speaks of other marks would say that there are none.
        into.remove(into.keys().takenOver(), Bytes.of(TakenOver.DONE));
        write(Map.of(TakenOver.ID, id));
        known.positions().forEach((partition, position) -> copyParked(id, partition, position));
        return known.withId(id);
    }

    private void copyParked(String id, int partition, Position position) {
        requireWanted(id);
        List<ParkedEvent> waiting = ParkedText.all(from, partition);
        Set<UUID> rebuilt = QuarantinedStream.of(waiting).stream()
                .filter(leftOut::has)
                .map(QuarantinedStream::stream)
                .collect(Collectors.toSet());
        BroughtPart part = new BroughtPart(into, into.keys().taken(partition));
        List<byte[]> keys = List.of(into.keys().taken(partition), into.keys().parked(partition));
        List<byte[]> next = new ArrayList<>();
        for (ParkedEvent event : waiting) {
            if (event.position().number() <= position.number() && !rebuilt.contains(event.stream())) {
                next.add(ParkedText.field(event));
                next.add(ParkedText.of(event));
            }
            if (next.size() >= 2 * piece) {
                part.run(Scripts.TAKE_PARKED, keys, next);
                next.clear();
            }
        }
        if (!next.isEmpty()) {
            part.run(Scripts.TAKE_PARKED, keys, next);
        }
        part.finish(id);
    }

    private void bring(TakenOver taken, Map<Integer, Position> positions) {
        String id = Objects.requireNonNull(taken.id());
        TakenOver theirs = TakenOver.read(from);
        List<String> roots = new ArrayList<>();
        List<byte[]> games = from.members(from.keys().games()).stream()
                .filter(member -> !leftOut.games().contains(numberOf(member)))
                .toList();
        for (byte[] member : games) {
            int game = numberOf(member);
            // First: whoever takes a player out looks here for where there may be something.
            requireWanted(id);
            into.addToSet(into.keys().games(), member);
            if (!taken.isWhole(Roots.of(game))) {
                BroughtPart part = new BroughtPart(into, into.keys().config(game));
                new BoardPieces(part, into, from, positions, piece).bring(game);
                part.finish(id);
            }
            for (String boardId : new GameRegistry(into, game).config().boards()) {
                Keys.Board board = new Keys.Board(game, boardId);
                if (isThereOrBrought(board, taken, theirs, positions)) {
                    roots.add(note(id, Roots.of(board)));
                }
            }
            // Last: its boards are known by then.
            roots.add(note(id, Roots.of(game)));
        }
        // Once more: it has no mark, and its node may have failed over.
        games.forEach(member -> into.addToSet(into.keys().games(), member));
        finish(id, roots);
    }

    private static int numberOf(byte[] game) {
        return Integer.parseInt(Bytes.text(game));
    }

    /** @return whether there is such a board */
    private boolean isThereOrBrought(
            Keys.Board board, TakenOver taken, TakenOver theirs, Map<Integer, Position> positions) {
        String id = Objects.requireNonNull(taken.id());
        if (taken.isWhole(Roots.of(board))) {
            return true;
        }
        requireWanted(id);
        BroughtPart part = new BroughtPart(into, into.keys().meta(board));
        boolean isThere = new BoardPieces(part, into, from, positions, piece).bring(board);
        requireKept(board, theirs, positions);
        if (isThere) {
            part.finish(id);
        }
        return isThere;
    }

    /** What the other version lost meanwhile was not brought, and it would not be handled again here. */
    private void requireKept(Keys.Board board, TakenOver theirs, Map<Integer, Position> positions) {
        String root = Roots.of(board);
        positions.forEach((partition, position) -> {
            Roots roots = Roots.read(from, partition);
            Checkpoint checkpoint = CheckpointText.parse(roots.checkpoint());
            if (checkpoint == null || checkpoint.position().number() < position.number() || !roots.isIn(from, root)) {
                throw isLost();
            }
        });
        if (theirs.fields().containsKey(root) && !theirs.isWhole(root)) {
            throw isLost();
        }
    }

    private static LeaderboardsStoreException isLost() {
        return new LeaderboardsStoreException("some board was lost and is counted again: later");
    }

    /** Looks at everything once more: what a node lost since is brought by the next time. */
    private void finish(String id, List<String> roots) {
        // Whatever end a build without marks has written meanwhile.
        int lost = TakenOver.read(into).withId(id).lost().size();
        if (lost > 0) {
            throw new LeaderboardsStoreException(
                    "Redis has lost what was taken over, and it is brought again: parts=" + lost);
        }
        List<byte[]> arguments = new ArrayList<>(List.of(Bytes.of(id), Bytes.of(TakenOver.FROM)));
        roots.forEach(root -> arguments.add(Bytes.of(root)));
        Long done = into.run(Scripts.TAKE_DONE, List.of(into.keys().takenOver()), arguments);
        if (done == null || done == 0) {
            throw new LeaderboardsStoreException("what was taken over is not all written down: again");
        }
    }

    private void requireWanted(String id) {
        List<byte @Nullable []> found =
                into.get(into.keys().takenOver(), List.of(Bytes.of(TakenOver.FROM), Bytes.of(TakenOver.ID)));
        if (found.get(0) == null || !id.equals(Bytes.textOf(found.get(1)))) {
            throw new LeaderboardsStoreException("the version was dropped, or taken over anew, while it took over");
        }
    }

    private String note(String id, String root) {
        requireWanted(id);
        write(Map.of(root, "1"));
        return root;
    }
}
