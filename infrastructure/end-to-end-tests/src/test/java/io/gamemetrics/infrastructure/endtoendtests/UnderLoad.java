package io.gamemetrics.infrastructure.endtoendtests;

/** Something that sends events while others are killed. */
interface UnderLoad {

    /** Begins, or begins again what has come to its end. */
    void keepSending() throws Exception;

    /** Whether more answers will come. */
    boolean isSending();

    /** Events answered so far, of what is being sent now. */
    long answered() throws Exception;
}
