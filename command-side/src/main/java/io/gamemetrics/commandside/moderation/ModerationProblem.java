package io.gamemetrics.commandside.moderation;

import io.gamemetrics.infrastructure.web.ProblemType;

/** What can be wrong with a moderator's request. */
public enum ModerationProblem implements ProblemType {
    BANS_TOO_MANY("bans.tooMany", 422, "The player is banned from 32 single leaderboards; ban them from all."),
    REASON_INVALID("ban.reason.invalid", 422, "A reason has 1 to 256 characters.");

    private final String code;
    private final int status;
    private final String title;

    ModerationProblem(String code, int status, String title) {
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
