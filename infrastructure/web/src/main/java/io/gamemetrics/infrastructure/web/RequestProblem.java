package io.gamemetrics.infrastructure.web;

/** What can be wrong with any request, whatever it asks for. */
public enum RequestProblem implements ProblemType {
    REQUEST_MALFORMED("request.malformed", 400, "The request could not be understood."),
    PARAMETER_MALFORMED("parameter.malformed", 400, "A parameter is missing or has the wrong form."),
    BODY_MALFORMED("body.malformed", 400, "The body is not what its content type says."),
    BODY_NOT_GZIP("body.notGzip", 400, "The body says gzip and is not."),
    AUTHENTICATION_MISSING("auth.missing", 401, "A bearer token or a key is needed."),
    AUTHENTICATION_INVALID("auth.invalid", 401, "The token or key is unknown, expired or revoked."),
    LOCAL_TOKEN_REFUSED("auth.localToken", 401, "Local demo tokens work only on a server bound to loopback."),
    FORBIDDEN("access.forbidden", 403, "The caller lacks the role this needs."),
    NOT_FOUND("notFound", 404, "There is no such thing, or it is not the caller's."),
    METHOD_NOT_ALLOWED("method.notAllowed", 405, "The address does not answer this method."),
    NOT_ACCEPTABLE("accept.unsupported", 406, "None of the accepted formats can be given."),
    BODY_TOO_LARGE("body.tooLarge", 413, "The body is larger than allowed."),
    MEDIA_TYPE_UNSUPPORTED("mediaType.unsupported", 415, "The body's content type is not understood here."),
    ENCODING_UNSUPPORTED("encoding.unsupported", 415, "The body's content encoding is not understood; gzip is."),
    RATE_LIMITED("rate.limited", 429, "More was asked for than allowed; try again a little later."),
    BROKEN("internal", 500, "Something broke on our side; the reference finds it in our logs."),
    UNAVAILABLE("unavailable", 503, "The service can't do this right now; try again a little later.");

    private final String code;
    private final int status;
    private final String title;

    RequestProblem(String code, int status, String title) {
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

    /** The problem that stands for a bare HTTP status. */
    static RequestProblem ofStatus(int status) {
        for (RequestProblem problem : values()) {
            if (problem.status == status) {
                return problem;
            }
        }
        return status >= 500 ? BROKEN : REQUEST_MALFORMED;
    }
}
