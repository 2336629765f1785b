package io.gamemetrics.projections.leaderboardsstore;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/**
 * Where everything of one version lies; of later ones under {@code gm:leaderboards-v2:} and so on. Numbers in keys are games' and partitions', in decimal.
 *
 * <pre>
 * gm:leaderboards:partitions                  hash   partition → ready, or the moment since when it is being built
 * gm:leaderboards:games                       set    numbers of games
 * gm:leaderboards:taken-over                  hash   partition → how far it was in what was taken over; game:12,
 *                                                    board:12:score → what was; id, by which they are marked; done
 *                                                    → the same
 * gm:leaderboards:{partition-3}:checkpoint    hash   checkpoint, and how far each board and game has come there
 * gm:leaderboards:{partition-3}:parked        hash   position → stream and cause
 * gm:leaderboards:{partition-3}:released      hash   board or game → how often events that had been parked were written to it
 * gm:leaderboards:{partition-3}:taken         hash   taken → mark of the take-over that brought all that is parked
 * gm:leaderboards:{12}:config                 hash   zone:position → zone, board:position → rule and board, taken → the same
 * gm:leaderboards:{12}:links                  hash   linked player → person
 * gm:leaderboards:{12}:bans                   hash   player and board → position and whether banned
 * gm:leaderboards:{12:score}:meta             hash   the rule counted by, the board's own checkpoint of each partition, and how
 *                                                    often events came late; taken → the same
 * gm:leaderboards:{12:score}:linked|sources   hash   linked player → person, and the other way round
 * gm:leaderboards:{12:score}:bans             hash   player → whether banned, and position
 * gm:leaderboards:{12:score}:changed          hash   period → when a score that counts in it was stored last
 * gm:leaderboards:{12:score}:rank:2026-11     zset   one member a person, see board.lua
 * gm:leaderboards:{12:score}:state:2026-11    hash   player → value
 * </pre>
 */
final class Keys {

    /** Matches the keys of all versions. */
    static final String OF_ALL = "gm:leaderboards*";

    private static final String LATE = "late:";

    private final String prefix;
    private final int version;

    /** @param version of the read model; the first one's keys have no number */
    Keys(int version) {
        if (version < 1) {
            throw new IllegalArgumentException("version must be 1 or more: " + version);
        }
        this.prefix = "gm:leaderboards" + (version == 1 ? "" : "-v" + version) + ":";
        this.version = version;
    }

    /** Matches all of them, and none of another version's. */
    String pattern() {
        return prefix + "*";
    }

    /** Where the change notices of a game are published. */
    byte[] changes(int game) {
        return ChangeNotice.channel(version, game).getBytes(UTF_8);
    }

    byte[] partitions() {
        return key("partitions");
    }

    byte[] takenOver() {
        return key("taken-over");
    }

    byte[] games() {
        return key("games");
    }

    byte[] checkpoint(int partition) {
        return key("{partition-" + partition + "}:checkpoint");
    }

    byte[] parked(int partition) {
        return key("{partition-" + partition + "}:parked");
    }

    byte[] released(int partition) {
        return key("{partition-" + partition + "}:released");
    }

    byte[] taken(int partition) {
        return key("{partition-" + partition + "}:taken");
    }

    byte[] config(int game) {
        return key("{" + game + "}:config");
    }

    byte[] links(int game) {
        return key("{" + game + "}:links");
    }

    byte[] bans(int game) {
        return key("{" + game + "}:bans");
    }

    byte[] meta(Board board) {
        return key(board, "meta");
    }

    /** The field in which a board keeps how far it has come with a player's events that had been parked. */
    static byte[] late(UUID stream) {
        byte[] name = LATE.getBytes(UTF_8);
        return ByteBuffer.allocate(name.length + Bytes.of(stream).length)
                .put(name)
                .put(Bytes.of(stream))
                .array();
    }

    /** Whether a field of a board is such a one. */
    static boolean isLate(byte[] field) {
        byte[] name = LATE.getBytes(UTF_8);
        return field.length >= name.length && Arrays.equals(field, 0, name.length, name, 0, name.length);
    }

    byte[] linked(Board board) {
        return key(board, "linked");
    }

    byte[] bans(Board board) {
        return key(board, "bans");
    }

    byte[] changed(Board board) {
        return key(board, "changed");
    }

    byte[] rank(Board board, String period) {
        return key(board, "rank:" + period);
    }

    byte[] state(Board board, String period) {
        return key(board, "state:" + period);
    }

    /** What every script of a board is given first. */
    List<byte[]> ofScripts(Board board) {
        return List.of(meta(board), linked(board), key(board, "sources"), bans(board), changed(board));
    }

    private byte[] key(Board board, String what) {
        return key("{" + board.game() + ":" + URLEncoder.encode(board.id(), UTF_8) + "}:" + what);
    }

    private byte[] key(String name) {
        return (prefix + name).getBytes(UTF_8);
    }

    /** A board of a game. */
    record Board(int game, String id) {}
}
