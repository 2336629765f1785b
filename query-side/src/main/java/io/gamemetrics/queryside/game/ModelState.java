package io.gamemetrics.queryside.game;

import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.Position;
import java.time.Instant;
import java.util.Optional;

/** How far a read model has come. */
public sealed interface ModelState {

    /**
     * It answers.
     *
     * @param position everything at or before it is in every answer
     * @param asOf by the publisher's clock; everything stored before it is in every answer
     */
    record Ready(Position position, Instant asOf) implements ModelState {}

    /** Its projection has begun, and some partition of it is not yet where it can be shown; answers may lack anything. */
    record Beginning() implements ModelState {}

    /** Its projection never ran here, or its store was emptied since: nothing can be asked of it. */
    record NotStarted() implements ModelState {}

    /** Its store does not answer right now. */
    record Unavailable() implements ModelState {}

    /** @param checkpoint of the partition furthest behind */
    static ModelState at(Optional<Checkpoint> checkpoint) {
        return checkpoint
                .<ModelState>map(least -> new Ready(least.position(), least.asOf()))
                .orElseGet(Beginning::new);
    }
}
