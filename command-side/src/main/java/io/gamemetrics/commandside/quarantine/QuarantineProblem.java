package io.gamemetrics.commandside.quarantine;

import io.gamemetrics.infrastructure.web.ProblemType;

/** What can be wrong with a request about streams that wait. */
public enum QuarantineProblem implements ProblemType {
    ORDERED("quarantine.ordered", 409, "An order for what this would be for is not done."),
    WHICH("quarantine.which", 409, "Versions wait for different events: say by its position which is passed over."),
    OTHER_EVENT(
            "quarantine.otherEvent", 409, "The stream does not wait for the event at this position, or not any more."),
    FIELD_INVALID("quarantine.field.invalid", 422, "A field of the order has a value that can't be.");

    private final String code;
    private final int status;
    private final String title;

    QuarantineProblem(String code, int status, String title) {
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
