package io.gamemetrics.commandside.ingestion;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a request's sender is told. The three numbers add up to the events sent.
 *
 * @param position everything accepted, and every duplicate's first copy, is at or before it
 * @param problems one for each rejected event, in their order
 */
record EventAnswer(int accepted, int duplicates, int rejected, String position, List<Problem> problems) {

    /**
     * Why one event was rejected.
     *
     * @param eventId absent where it could not be read
     * @param pointer JSON pointer to the field, empty for the event as a whole
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Problem(int index, @Nullable String eventId, String code, String pointer, String message) {}
}
