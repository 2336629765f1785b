package io.gamemetrics.commandside.ingestion;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Tells whoever sends events what one request may hold, also when it is refused before its game is known: without a key,
 * too large, of a type nobody reads. What the game itself allows replaces it as soon as the game is known.
 */
public final class RateLimitFilter extends OncePerRequestFilter {

    /** The addresses this is for; among them only those that end in {@code /events}. */
    public static final String PATTERN = "/v1/games/*";

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getRequestURI().endsWith("/events");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        RateLimits.writeUnlimited(response);
        chain.doFilter(request, response);
    }
}
