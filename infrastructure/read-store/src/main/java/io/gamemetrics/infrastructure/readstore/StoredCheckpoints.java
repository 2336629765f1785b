package io.gamemetrics.infrastructure.readstore;

import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.ParkedEvent;
import io.gamemetrics.sharedkernel.ids.QuarantinedStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** For whoever writes a read model in PostgreSQL: each question on a connection of its own. */
public abstract class StoredCheckpoints implements PartitionCheckpoints {

    /** For batches, which move them in their own transaction. */
    protected final PostgresCheckpoints checkpoints;

    /** @param checkpoints in the read model's own tables */
    protected StoredCheckpoints(PostgresCheckpoints checkpoints) {
        this.checkpoints = checkpoints;
    }

    private interface Question<R extends @Nullable Object> {
        R on(Connection connection) throws SQLException;
    }

    /** One that is closed after a question. */
    protected abstract Connection connect() throws SQLException;

    /** @param what was not done */
    protected abstract RuntimeException failed(String what, SQLException cause);

    @Override
    public final @Nullable Checkpoint checkpoint(int partition) {
        return this.<@Nullable Checkpoint>ask("checkpoint", partition, on -> checkpoints.read(on, partition));
    }

    @Override
    public final List<QuarantinedStream> quarantined(int partition) {
        return ask("quarantine", partition, on -> checkpoints.quarantined(on, partition));
    }

    @Override
    public final List<ParkedEvent> parked(int partition, UUID stream, int most) {
        return ask("parked events", partition, on -> checkpoints.parked(on, partition, stream, most));
    }

    private <R extends @Nullable Object> R ask(String of, int partition, Question<R> question) {
        try (Connection connection = connect()) {
            return question.on(connection);
        } catch (SQLException e) {
            throw failed(of + " not read: partition=" + partition, e);
        }
    }
}
