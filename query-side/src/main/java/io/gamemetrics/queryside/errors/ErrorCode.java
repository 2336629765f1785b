package io.gamemetrics.queryside.errors;

/** The {@code extensions.code} of an error: clients may branch on it. */
public enum ErrorCode {
    /** No token, or a bad one. */
    UNAUTHENTICATED,
    /** The caller knows the game but may not read it. */
    FORBIDDEN,
    /** What was named is not there, and the caller may know it. */
    NOT_FOUND,
    /** The query or an argument makes no sense. */
    BAD_INPUT,
    /** More is asked for at once than one query may. */
    TOO_COMPLEX,
    /** It took too long. */
    TIMEOUT,
    /** The caller asks too much in too short a time. */
    RATE_LIMITED,
    /** The numbers have not yet come to the position asked for. */
    PROJECTION_BEHIND,
    /** The position asked for is of an earlier life of the store; it can't be compared any more. */
    POSITION_TOO_OLD,
    /**
     * An answer would lack what is no longer kept; {@code extensions.keptFrom} says from which moment on the same question
     * can be answered.
     */
    NO_LONGER_KEPT,
    /** The caller took a stream's events more slowly than they came; the stream was ended, to be resumed. */
    TOO_SLOW,
    /** A store can't be reached right now. */
    UNAVAILABLE,
    /** We broke; {@code extensions.reference} finds it in our logs. */
    INTERNAL
}
