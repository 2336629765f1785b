package io.gamemetrics.infrastructure.eventcatalog;

/** A stored event's fields are not those of its revision. Says nothing of the content. */
final class MisshapenException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MisshapenException(String field) {
        super("stored event has another shape: field=" + field);
    }
}
