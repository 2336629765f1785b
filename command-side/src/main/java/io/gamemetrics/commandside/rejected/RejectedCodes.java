package io.gamemetrics.commandside.rejected;

import java.util.Map;

/** What a refused event may get for an answer, beside what any event may, when it is sent in again. */
public final class RejectedCodes {

    /** What each means. */
    public static final Map<String, String> MEANINGS = Map.of(
            EventPatch.FAILED,
            EventPatch.FAILED_MEANING,
            Resubmission.UNREADABLE,
            "The vault's key does not open this refused event; was the vault restored?");

    private RejectedCodes() {}
}
