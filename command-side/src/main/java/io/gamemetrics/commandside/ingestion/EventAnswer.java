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

    @Override
    public String toString() {
        return "EventAnswer[accepted=" + accepted + ", duplicates=" + duplicates + ", rejected=" + rejected
                + ", position=" + position + "]";
    }

    /**
     * Why one event was rejected.
     *
     * @param eventId absent where it could not be read
     * @param pointer JSON pointer to the field, empty for the event as a whole
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Problem(int index, @Nullable String eventId, String code, String pointer, String message) {

        /** Without pointer and message: what a sender took for a field's name stands there as it was sent. */
        @Override
        public String toString() {
            return "Problem[index=" + index + ", code=" + code + "]";
        }
    }
}
