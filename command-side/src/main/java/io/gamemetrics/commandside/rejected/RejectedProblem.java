package io.gamemetrics.commandside.rejected;

import io.gamemetrics.infrastructure.web.ProblemType;

/** What can be wrong with a request about refused events. */
public enum RejectedProblem implements ProblemType {
    NOTHING_NAMED("resubmit.nothingNamed", 422, "Say which events: a code, ids, or both."),
    IDS_INVALID("resubmit.ids.invalid", 422, "Ids are those of the list, at most 1,000 at once."),
    FIRST_INVALID("resubmit.first.invalid", 422, "From 1 to 1,000 events are worked through at once."),
    PATCH_INVALID("resubmit.patch.invalid", 422, "A patch is an RFC 6902 array of 1 to 50 operations.");

    private final String code;
    private final int status;
    private final String title;

    RejectedProblem(String code, int status, String title) {
        this.code = code;
        this.status = status;
        this.title = title;
    }

    @Override
    public String code() {
        return code;
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public String title() {
        return title;
    }
}
