package io.gamemetrics.infrastructure.endtoendtests;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.roaringbitmap.RoaringBitmap;

/**
 * Who is in the bitmaps of the metrics' tables, decoded: a player is a bit there, which no search for a text finds.
 *
 * @param data the folder of a platform that runs
 * @param game the number of the game
 */
record PlayerBits(Path data, int game) {

    static PlayerBits of(Path data, String game) throws Exception {
        try (Connection vault = ReadDatabase.connect(data, "gamemetrics_vault");
                PreparedStatement select = vault.prepareStatement("SELECT number FROM game WHERE game_id = ?")) {
            select.setString(1, game);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return new PlayerBits(data, row.getInt(1));
            }
        }
    }

    /** The number of the only player the game has. */
    int onlyPlayer() throws Exception {
        try (Connection vault = ReadDatabase.connect(data, "gamemetrics_vault");
                PreparedStatement select = vault.prepareStatement("SELECT player_number FROM subject WHERE game = ?")) {
            select.setInt(1, game);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                int number = row.getInt(1);
                if (row.next()) {
                    throw new IllegalStateException("the game has more players");
                }
                return number;
            }
        }
    }

    /** The numbers of all players whose bit is set anywhere, in any version of the metrics. */
    Set<Integer> set() throws Exception {
        Set<Integer> players = new TreeSet<>();
        try (Connection models = ReadDatabase.connect(data)) {
            for (String schema : schemas(models)) {
                try (PreparedStatement select = models.prepareStatement(
                        "SELECT container, players FROM " + schema + ".player_set WHERE game = ?")) {
                    select.setInt(1, game);
                    try (ResultSet rows = select.executeQuery()) {
                        while (rows.next()) {
                            int container = rows.getInt(1);
                            RoaringBitmap set = new RoaringBitmap();
                            set.deserialize(ByteBuffer.wrap(rows.getBytes(2)));
                            set.forEach((int player) -> players.add((container << 16) | player));
                        }
                    }
                }
            }
        }
        return players;
    }

    private static List<String> schemas(Connection models) throws Exception {
        List<String> schemas = new ArrayList<>();
        try (PreparedStatement select = models.prepareStatement(
                        "SELECT quote_ident(schemaname) FROM pg_tables WHERE tablename = 'player_set'");
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                schemas.add(rows.getString(1));
            }
        }
        return schemas;
    }
}
