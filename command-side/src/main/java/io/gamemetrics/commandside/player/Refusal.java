package io.gamemetrics.commandside.player;

/**
 * Why an event was not accepted.
 *
 * @param code stable for ever; {@code /v1/problems/<code>} explains it
 * @param pointer JSON pointer to the field it is about, empty for the event as a whole
 * @param message for the sender; never holds a value that may be personal
 */
public record Refusal(String code, String pointer, String message) {

    /** Without pointer and message: a pointer repeats what a sender took for a field's name. */
    @Override
    public String toString() {
        return "Refusal[" + code + "]";
    }
}
