package io.gamemetrics.projections.leaderboardsstore;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.List;

/**
 * Where everything lies. Numbers in keys are games' and partitions', in decimal.
 *
 * <pre>
 * gm:leaderboards:partitions                  hash   partition → ready, or the moment since when it is being built
 * gm:leaderboards:games                       set    numbers of games
 * gm:leaderboards:{partition-3}:checkpoint    hash   checkpoint, and how far each board and game has come there
 * gm:leaderboards:{partition-3}:parked        hash   position → stream and cause
 * gm:leaderboards:{12}:config                 hash   zone:position → zone, board:position → rule and board
 * gm:leaderboards:{12}:links                  hash   linked player → person
 * gm:leaderboards:{12}:bans                   hash   player and board → position and whether banned
 * gm:leaderboards:{12:score}:meta             hash   the rule counted by, and the board's own checkpoint of each partition
 * gm:leaderboards:{12:score}:linked|sources   hash   linked player → person, and the other way round
 * gm:leaderboards:{12:score}:bans             hash   player → whether banned, and position
 * gm:leaderboards:{12:score}:changed          hash   period → when a score that counts in it was stored last
 * gm:leaderboards:{12:score}:rank:2026-11     zset   one member a person, see board.lua
 * gm:leaderboards:{12:score}:state:2026-11    hash   player → value
 * </pre>
 */
final class Keys {

    private static final String PREFIX = "gm:leaderboards:";

    /** All of them. */
    static final String PATTERN = PREFIX + "*";

    private Keys() {}

    static byte[] partitions() {
        return key("partitions");
    }

    static byte[] games() {
        return key("games");
    }

    static byte[] checkpoint(int partition) {
        return key("{partition-" + partition + "}:checkpoint");
    }

    static byte[] parked(int partition) {
        return key("{partition-" + partition + "}:parked");
    }

    static byte[] config(int game) {
        return key("{" + game + "}:config");
    }

    static byte[] links(int game) {
        return key("{" + game + "}:links");
    }

    static byte[] bans(int game) {
        return key("{" + game + "}:bans");
    }

    static byte[] meta(Board board) {
        return key(board, "meta");
    }

    static byte[] linked(Board board) {
        return key(board, "linked");
    }

    static byte[] changed(Board board) {
        return key(board, "changed");
    }

    static byte[] rank(Board board, String period) {
        return key(board, "rank:" + period);
    }

    static byte[] state(Board board, String period) {
        return key(board, "state:" + period);
    }

    /** What every script of a board is given first. */
    static List<byte[]> ofScripts(Board board) {
        return List.of(meta(board), linked(board), key(board, "sources"), key(board, "bans"), changed(board));
    }

    private static byte[] key(Board board, String what) {
        return key("{" + board.game() + ":" + URLEncoder.encode(board.id(), UTF_8) + "}:" + what);
    }

    private static byte[] key(String name) {
        return (PREFIX + name).getBytes(UTF_8);
    }

    /** A board of a game. */
    record Board(int game, String id) {}
}
