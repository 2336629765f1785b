package io.gamemetrics.projections.metricsstore;

import io.gamemetrics.infrastructure.readstore.ModelSchema;
import io.gamemetrics.sharedkernel.ids.GameId;
import java.sql.Connection;
import java.sql.SQLException;

/** What is asked about a game, in one read-only transaction that sees one state of the tables. */
@FunctionalInterface
interface Question<T> {

    /** @param kept has to be told what the answer needs, before that is read */
    T answer(Connection connection, GameRow game, Kept kept) throws SQLException;

    /**
     * @throws UnknownGameException when there is no such game
     * @throws NoLongerKeptException when what the answer needs is not there any more
     */
    static <T> T ask(ModelSchema schema, GameId gameId, Question<T> question) {
        try (Connection connection = schema.connect()) {
            connection.setAutoCommit(false);
            T answer;
            Kept kept;
            try (var statement = connection.createStatement()) {
                statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
                GameRow game = GameSettings.find(connection, gameId);
                if (game == null) {
                    throw new UnknownGameException(gameId);
                }
                kept = new Kept(connection, game);
                answer = question.answer(connection, game, kept);
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
            kept.stillThere();
            return answer;
        } catch (SQLException e) {
            throw new MetricsStoreException("question not answered: gameId=" + gameId, e);
        }
    }
}
