package io.gamemetrics.commandside.ingestion;

/**
 * A field of an event, as senders write it.
 *
 * @param owner the type it belongs to, or "event" for the fields every event has; first part of its problems' codes
 */
record Field(String owner, String name, FieldKind kind, boolean required) {

    /** The code of a problem with this field, for example {@code purchase.currency.unknown}. */
    String code(FieldProblem problem) {
        return owner + "." + name + "." + problem.word();
    }

    String pointer() {
        return "/" + name;
    }
}
