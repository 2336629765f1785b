package io.gamemetrics.sharedkernel.datasubject;

/** What is asked for. */
public enum RequestKind {
    /** Article 17: all that is held of the subjects goes, but for what names nobody. */
    ERASURE
}
