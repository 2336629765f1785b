package io.gamemetrics.commandside.replay;

import io.gamemetrics.infrastructure.web.ProblemType;

/** What can be wrong with a request about replays. */
public enum ReplayProblem implements ProblemType {
    RUNNING("replay.running", 409, "Another replay of the projection is not over."),
    PHASE("replay.phase", 409, "In its present phase a replay can't do this."),
    PAUSED("replay.paused", 409, "The replay is paused."),
    BEHIND("replay.behind", 409, "The new version is further behind than what readers see now."),
    ONLY_COMPARED("replay.onlyCompared", 409, "What handled events of some types alone is never switched to."),
    UNPROVED("replay.unproved", 409, "What the new version handled is not proved to be what the event store holds."),
    SIDE_EFFECTS("replay.sideEffects", 422, "What the projection does shows outside: it is never done again."),
    FIELD_INVALID("replay.field.invalid", 422, "A field of the replay has a value that can't be."),
    NO_SPACE("replay.noSpace", 507, "There is no room for the read model a second time.");

    private final String code;
    private final int status;
    private final String title;

    ReplayProblem(String code, int status, String title) {
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
