package io.gamemetrics.projections.leaderboardsstore;

import io.gamemetrics.sharedkernel.ids.Position;

/**
 * That the lists of a board have changed, as it is published on {@link #channel} when they have.
 *
 * @param position everything of one partition at or before it is in the board
 */
public record ChangeNotice(String boardId, Position position) {

    private static final String CHANNELS = "gm:changed:leaderboard";
    private static final String VERSION = "-v";

    /** Where a version's notices of a game are published. */
    public static String channel(int version, int gameNumber) {
        return CHANNELS + (version == 1 ? "" : VERSION + version) + ":" + gameNumber;
    }

    /** Matches the channels of all games and versions. */
    static String pattern() {
        return CHANNELS + "*";
    }

    /** The game whose channel this is. */
    static int gameOf(String channel) {
        return Integer.parseInt(channel.substring(channel.lastIndexOf(':') + 1));
    }

    /** The version whose channel this is. */
    static int versionOf(String channel) {
        String number = channel.substring(CHANNELS.length(), channel.lastIndexOf(':'));
        return number.isEmpty() ? 1 : Integer.parseInt(number.substring(VERSION.length()));
    }

    /**
     * Reads what {@link #text} writes.
     *
     * @throws IllegalArgumentException when it is something else
     */
    public static ChangeNotice parse(String text) {
        int bar = text.lastIndexOf('|');
        if (bar < 0) {
            throw new IllegalArgumentException("a change notice must be <board>|<position>");
        }
        return new ChangeNotice(text.substring(0, bar), Position.parse(text.substring(bar + 1)));
    }

    /** {@code <board>|<incarnation>.<number>}. A board's name may hold any character, also a bar; a position holds none. */
    public String text() {
        return boardId + "|" + position;
    }
}
