package io.gamemetrics.infrastructure.web;

/** Finds out who is behind a token, a person's or a game's key. Safe for many threads. */
public final class Identities {

    private static final int MAX_KEY_LENGTH = 512;
    private static final int MAX_TOKEN_LENGTH = 8_192;

    private final PeopleTokens people;
    private final ApiKeys keys;

    Identities(PeopleTokens people, ApiKeys keys) {
        this.people = people;
        this.keys = keys;
    }

    /**
     * The caller behind a token, as of now: what lasts longer than a request asks again from time to time.
     *
     * @param token without {@code Bearer}; never log it
     * @throws Refusal {@link RequestProblem#AUTHENTICATION_INVALID} or {@link RequestProblem#LOCAL_TOKEN_REFUSED};
     *     {@link RequestProblem#UNAVAILABLE} when nobody can tell right now
     */
    public Caller identify(String token) {
        if (token.isEmpty() || token.length() > MAX_TOKEN_LENGTH) {
            throw new Refusal(RequestProblem.AUTHENTICATION_INVALID);
        }
        if (!token.startsWith(ApiKeys.PREFIX)) {
            return people.callerOf(token);
        }
        if (token.length() > MAX_KEY_LENGTH) {
            throw new Refusal(RequestProblem.AUTHENTICATION_INVALID);
        }
        return new Caller(keys.find(token).orElseThrow(() -> new Refusal(RequestProblem.AUTHENTICATION_INVALID)));
    }

    /**
     * The token in an {@code Authorization} header.
     *
     * @throws Refusal {@link RequestProblem#AUTHENTICATION_INVALID} when there is none of the Bearer scheme
     */
    public static String tokenIn(String header) {
        String scheme = "Bearer ";
        if (!header.regionMatches(true, 0, scheme, 0, scheme.length())) {
            throw new Refusal(RequestProblem.AUTHENTICATION_INVALID);
        }
        return header.substring(scheme.length()).strip();
    }
}
