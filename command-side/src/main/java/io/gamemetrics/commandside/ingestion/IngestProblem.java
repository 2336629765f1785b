package io.gamemetrics.commandside.ingestion;

import io.gamemetrics.infrastructure.web.ProblemType;

/** What can be wrong with a whole request of events, beside what can be wrong with any request. */
public enum IngestProblem implements ProblemType {
    EVENTS_TOO_MANY("events.tooMany", 413, "A request holds at most 10,000 events."),
    EVENTS_NOT_A_LIST("events.notAList", 400, "The body must be an array of events or {\"events\": […]}.");

    private final String code;
    private final int status;
    private final String title;

    IngestProblem(String code, int status, String title) {
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
