package io.gamemetrics.projections.leaderboardsstore;

import io.gamemetrics.sharedkernel.ids.Position;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A game's bans: one register for a player and a board, one for a player and all boards. */
final class Bans {

    private static final int PLAYER_BYTES = 16;

    private Bans() {}

    /** @param boardId absent: all boards */
    static byte[] field(UUID player, @Nullable String boardId) {
        byte[] first = Bytes.of(player);
        if (boardId == null) {
            return first;
        }
        byte[] second = Bytes.of(boardId);
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    /**
     * What was said of one board and of all boards, lifted bans too. Only the number of each position is known, and counts.
     */
    static List<Operation.Ban> on(String boardId, Map<byte[], byte[]> registers) {
        List<Operation.Ban> bans = new ArrayList<>();
        registers.forEach((field, value) -> {
            String board = Bytes.text(Arrays.copyOfRange(field, PLAYER_BYTES, field.length));
            if (board.isEmpty() || board.equals(boardId)) {
                String[] parts = Bytes.text(value).split("\\|", 2);
                bans.add(new Operation.Ban(
                        board.isEmpty() ? null : board,
                        Bytes.uuid(field),
                        parts[0].equals("1"),
                        new Position(1, Long.parseLong(parts[1])),
                        Instant.EPOCH));
            }
        });
        return bans;
    }
}
