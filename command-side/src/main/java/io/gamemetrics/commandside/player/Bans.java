package io.gamemetrics.commandside.player;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The leaderboards a player was taken off: all of the game's, or at most {@value #MAX_BOARDS} single ones, or both, each
 * of which is lifted on its own. Where a board's id is absent, all boards are meant. Not safe for concurrent use.
 */
final class Bans {

    static final int MAX_BOARDS = 32;

    private final Set<String> boards = new LinkedHashSet<>(2);
    private boolean everywhere;

    boolean holds(@Nullable String leaderboardId) {
        return leaderboardId == null ? everywhere : boards.contains(leaderboardId);
    }

    boolean hasRoomFor(@Nullable String leaderboardId) {
        return leaderboardId == null || boards.size() < MAX_BOARDS;
    }

    void add(@Nullable String leaderboardId) {
        if (leaderboardId == null) {
            everywhere = true;
        } else {
            boards.add(leaderboardId);
        }
    }

    void remove(@Nullable String leaderboardId) {
        if (leaderboardId == null) {
            everywhere = false;
        } else {
            boards.remove(leaderboardId);
        }
    }

    boolean none() {
        return !everywhere && boards.isEmpty();
    }

    void write(DataOutput out) throws IOException {
        out.writeBoolean(everywhere);
        out.writeByte(boards.size());
        for (String board : boards) {
            out.writeUTF(board);
        }
    }

    static Bans read(DataInput in) throws IOException {
        Bans bans = new Bans();
        bans.everywhere = in.readBoolean();
        int size = in.readByte();
        for (int i = 0; i < size; i++) {
            bans.boards.add(in.readUTF());
        }
        return bans;
    }
}
