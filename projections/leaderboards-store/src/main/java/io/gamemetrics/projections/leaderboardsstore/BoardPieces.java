package io.gamemetrics.projections.leaderboardsstore;

import io.gamemetrics.sharedkernel.ids.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.springframework.data.redis.core.script.RedisScript;

/**
 * Brings what one version has of a board, and of a game, to another a piece at a time, while both may be written. No moment
 * is the copy's: it has all that had been counted when it was begun, and of later events some. Those are handled again, and
 * each value leaves out what it has counted already (board.lua). So it may be broken off anywhere and done again, from the
 * beginning, by two at a time too.
 */
final class BoardPieces {

    /** So many fields are brought in one script: about a millisecond, in which Redis answers nobody. */
    static final int PIECE = 50;

    private final BroughtPart part;
    private final Redis into;
    private final Redis from;
    private final Map<Integer, Position> positions;
    private final int piece;

    /**
     * @param part the game or the board that is brought
     * @param positions that had been counted everywhere, by partition, before anything was brought
     * @param piece how many fields one script brings at most
     */
    BoardPieces(BroughtPart part, Redis into, Redis from, Map<Integer, Position> positions, int piece) {
        this.part = part;
        this.piece = piece;
        this.into = into;
        this.from = from;
        this.positions = positions;
    }

    /** What is known of a game as a whole. The boards come first: who bans has looked for boards before. */
    void bring(int game) {
        Keys here = from.keys();
        List<byte[]> keys = new ArrayList<>(ofGame(into.keys(), game));
        keys.addAll(ofGame(here, game));
        part.run(Scripts.TAKE_GAME, keys, List.of(Bytes.of("config")));
        bringFields(Scripts.TAKE_GAME, keys, "links", here.links(game));
        bringFields(Scripts.TAKE_GAME, keys, "bans", here.bans(game));
    }

    private static List<byte[]> ofGame(Keys keys, int game) {
        return List.of(keys.config(game), keys.links(game), keys.bans(game));
    }

    /**
     * A board: its rule, then who is linked and banned, then the values, by which its lists come about.
     *
     * @return whether there is such a board: one that was defined just now may have no keys so far
     * @throws LeaderboardsStoreException when what was brought is gone again, as of a version that is dropped
     */
    boolean bring(Keys.Board board) {
        Keys here = from.keys();
        List<byte[]> keys = new ArrayList<>(into.keys().ofScripts(board));
        keys.add(here.meta(board));
        keys.add(here.linked(board));
        keys.add(here.bans(board));
        List<byte[]> rule = new ArrayList<>(List.of(Bytes.of("rule")));
        positions.forEach((partition, position) -> {
            rule.add(Roots.field(partition));
            rule.add(Bytes.of(position.toString()));
        });
        if (!part.run(Scripts.TAKE_BOARD, keys, rule)) {
            return false;
        }
        bringFields(Scripts.TAKE_BOARD, keys, "late", here.meta(board), Keys::isLate);
        bringFields(Scripts.TAKE_BOARD, keys, "linked", here.linked(board));
        bringFields(Scripts.TAKE_BOARD, keys, "bans", here.bans(board));
        // A period that begins after this does so by events that are handled again.
        for (byte[] period : from.fields(here.changed(board))) {
            bringValues(board, Bytes.text(period));
        }
        return true;
    }

    private void bringValues(Keys.Board board, String period) {
        Keys here = from.keys();
        List<byte[]> keys = new ArrayList<>(into.keys().ofScripts(board));
        keys.add(into.keys().rank(board, period));
        keys.add(into.keys().state(board, period));
        keys.add(here.changed(board));
        keys.add(here.state(board, period));
        // Once without players: a period is one, with the moment it changed, also where all were taken out of it.
        part.run(Scripts.TAKE_VALUES, keys, List.of(Bytes.of(period)));
        bringFields(Scripts.TAKE_VALUES, keys, period, here.state(board, period));
    }

    /** @param hash of the other version, whose fields are brought */
    private void bringFields(RedisScript<Long> script, List<byte[]> keys, String what, byte[] hash) {
        bringFields(script, keys, what, hash, field -> true);
    }

    private void bringFields(
            RedisScript<Long> script, List<byte[]> keys, String what, byte[] hash, Predicate<byte[]> wanted) {
        byte[] first = Bytes.of(what);
        List<byte[]> next = new ArrayList<>(List.of(first));
        from.onConnection(connection -> AllKeys.forEachEntry(connection, hash, (field, value) -> {
            if (wanted.test(field)) {
                next.add(field);
            }
            if (next.size() > piece) {
                part.run(script, keys, next);
                next.subList(1, next.size()).clear();
            }
        }));
        if (next.size() > 1) {
            part.run(script, keys, next);
        }
    }
}
