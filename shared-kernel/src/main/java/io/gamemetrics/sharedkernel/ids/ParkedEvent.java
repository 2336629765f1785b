package io.gamemetrics.sharedkernel.ids;

import java.util.UUID;

/**
 * The place of an event that a projection did not apply. Only that is kept; the event itself stays in the event store.
 *
 * @param sequence its place in the stream, from 0
 * @param cause a stable word, without anything of the content
 */
public record ParkedEvent(Position position, UUID stream, long sequence, String cause) {

    /** The cause of an event with which nothing is wrong but that an earlier one of its stream could not be applied. */
    public static final String WAITS = "stream.waits";

    /** The same event, for another reason. */
    public ParkedEvent because(String other) {
        return new ParkedEvent(position, stream, sequence, other);
    }
}
