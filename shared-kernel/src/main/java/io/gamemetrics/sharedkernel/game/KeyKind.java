package io.gamemetrics.sharedkernel.game;

/** What a game's key opens. */
public enum KeyKind {
    /** Sends events. */
    INGEST,
    /** Reads this game's numbers. */
    READ,
    /** Creates data subjects' requests, nothing else. */
    SUBJECT_REQUEST
}
