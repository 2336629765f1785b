package io.gamemetrics.commandside.replay;

import io.gamemetrics.infrastructure.web.ProblemType;

/** What can be wrong with a request about replays. */
public enum ReplayProblem implements ProblemType {
    RUNNING("replay.running", 409, "Another replay of the projection is not over."),
    PHASE("replay.phase", 409, "In its present phase a replay can't do this."),
    UNPROVED("replay.unproved", 409, "What the new version handled is not proved to be what the event store holds."),
    SIDE_EFFECTS("replay.sideEffects", 422, "What the projection does shows outside: it is never done again."),
    FIELD_INVALID("replay.field.invalid", 422, "A field of the replay has a value that can't be."),
    PARTIAL("replay.partial", 422, "Only whole read models are rebuilt so far: leave games, from, to and types out."),
    NOT_YET("replay.notYet", 422, "Old and new are not compared so far: switch MANUAL."),
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
