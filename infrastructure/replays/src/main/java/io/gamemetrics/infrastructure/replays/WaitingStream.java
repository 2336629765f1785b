package io.gamemetrics.infrastructure.replays;

import io.gamemetrics.sharedkernel.ids.Position;
import java.time.Instant;
import java.util.UUID;

/**
 * A stream that waits behind an event that could not be applied, on one partition of a version.
 *
 * @param id its place in lists, which it keeps
 * @param tenant the game's number
 * @param position where the event stands that the others wait for
 * @param sequence its place in the stream
 * @param type the catalog's number of its name; 0 where the event store has it no more
 * @param cause why it could not be applied: a stable word
 * @param events how many wait, that one included
 * @param since when it was told that the stream waits for this event, by the database's clock
 */
public record WaitingStream(
        long id,
        String projection,
        int version,
        int partition,
        UUID stream,
        int tenant,
        Position position,
        long sequence,
        int type,
        int revision,
        String cause,
        long events,
        Instant since) {}
