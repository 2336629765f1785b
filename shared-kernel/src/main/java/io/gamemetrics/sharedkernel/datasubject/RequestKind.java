package io.gamemetrics.sharedkernel.datasubject;

/** What is asked for. */
public enum RequestKind {
    /** Article 17: all that is held of the subjects goes, but for what names nobody. */
    ERASURE,
    /** Articles 15 and 20: the subjects are given all that is held of them. */
    EXPORT
}
