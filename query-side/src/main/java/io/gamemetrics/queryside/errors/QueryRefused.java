package io.gamemetrics.queryside.errors;

/** A field can't be answered, and it is nobody's fault in our code. Has no stack trace; its message never repeats what the caller sent. */
public final class QueryRefused extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final ErrorCode code;

    /** @param message one sentence for the caller, without values from the query */
    public QueryRefused(ErrorCode code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    /** An argument outside its limits. */
    public static QueryRefused badInput(String message) {
        return new QueryRefused(ErrorCode.BAD_INPUT, message);
    }

    public ErrorCode code() {
        return code;
    }

    /** The sentence for the caller. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
