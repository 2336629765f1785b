package io.gamemetrics.projections.playersstore;

import io.gamemetrics.infrastructure.readstore.LeftOut;
import io.gamemetrics.infrastructure.readstore.ModelSchema;
import io.gamemetrics.infrastructure.readstore.PostgresTakeOver;
import io.gamemetrics.sharedkernel.ids.Position;
import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;

/** Begins a version of the players with the rows of another one, of all games but some. What was parked stays parked. */
public final class PlayersTakeOver {

    private PlayersTakeOver() {}

    /**
     * Makes the version's tables and fills them, or tells what they were filled with.
     *
     * @param into the version that is filled
     * @param from the version that is read
     * @param leftOut games whose rows are not taken
     * @return how far each partition's events are in it, by partition
     * @throws IllegalStateException when the version has begun to handle events, or took over something else
     */
    public static Map<Integer, Position> run(DataSource database, int into, int from, LeftOut leftOut)
            throws SQLException {
        PlayersSchema.migrate(database, into);
        PostgresTakeOver takeOver = new PostgresTakeOver(
                new ModelSchema(database, PlayersSchema.NAME, into),
                new ModelSchema(database, PlayersSchema.NAME, from),
                PlayersWriter.PROJECTION,
                leftOut);
        String rebuilt = "EXISTS (SELECT FROM " + takeOver.table("player") + " p WHERE p.player = e.player AND "
                + takeOver.isLeftOut("p.game") + ")";
        return takeOver.run(null, connection -> {
            takeOver.copy(connection, "game", takeOver.taken("e.number"));
            takeOver.copy(connection, "exchange_rate", takeOver.taken("e.game"));
            takeOver.copy(connection, "player", takeOver.taken("e.game"));
            takeOver.copy(connection, "money", "NOT " + rebuilt);
            takeOver.copyParked(connection);
        });
    }
}
