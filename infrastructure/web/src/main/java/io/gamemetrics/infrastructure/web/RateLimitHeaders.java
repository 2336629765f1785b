package io.gamemetrics.infrastructure.web;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;

/** The {@code RateLimit-Policy} and {@code RateLimit} headers of draft-ietf-httpapi-ratelimit-headers. */
public final class RateLimitHeaders {

    private RateLimitHeaders() {}

    /**
     * Says what is allowed and what is left of it.
     *
     * @param policy a name for the limit: lower-case letters and digits
     * @param quota how many in one window
     * @param windowSeconds length of the window
     * @param remaining how many are left now, 0 or more
     * @param resetSeconds until the quota is whole again
     */
    public static void write(
            HttpServletResponse response,
            String policy,
            long quota,
            long windowSeconds,
            long remaining,
            long resetSeconds) {
        response.setHeader(
                "RateLimit-Policy", String.format(Locale.ROOT, "\"%s\";q=%d;w=%d", policy, quota, windowSeconds));
        response.setHeader(
                "RateLimit", String.format(Locale.ROOT, "\"%s\";r=%d;t=%d", policy, remaining, resetSeconds));
    }
}
