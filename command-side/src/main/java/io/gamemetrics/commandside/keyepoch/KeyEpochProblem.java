package io.gamemetrics.commandside.keyepoch;

import io.gamemetrics.infrastructure.web.ProblemType;

/** Why an epoch's key can't be destroyed. */
public enum KeyEpochProblem implements ProblemType {
    CURRENT("keyEpoch.current", "New keys are wrapped by this epoch; begin another one first."),
    WRAPS("keyEpoch.wraps", "Keys are wrapped by this epoch still; have them wrapped anew first."),
    NEEDED("keyEpoch.needed", "A backup of the vault that is not over needs this epoch; wait, or give it up."),
    FILES("keyEpoch.files", "A key file is not where it has to be, or can't be written.");

    private static final int CONFLICT = 409;

    private final String code;
    private final String title;

    KeyEpochProblem(String code, String title) {
        this.code = code;
        this.title = title;
    }

    @Override
    public String code() {
        return code;
    }

    @Override
    public int status() {
        return CONFLICT;
    }

    @Override
    public String title() {
        return title;
    }
}
