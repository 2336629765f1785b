package io.gamemetrics.infrastructure.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Before what monitoring reads: opens for the scrape token, which opens nothing else, and for operators of every game. A
 * program that only looks need not hold what could drop a read model.
 */
final class ScrapeFilter extends OncePerRequestFilter {

    private final @Nullable String tokenHash;
    private final Identities identities;
    private final Problems problems;

    /** @param token absent: only operators may look */
    ScrapeFilter(@Nullable String token, Identities identities, Problems problems) {
        this.tokenHash = token == null || token.isBlank() ? null : KeyHash.of(token);
        this.identities = identities;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            requireAllowed(request.getHeader(HttpHeaders.AUTHORIZATION));
        } catch (Refusal refusal) {
            problems.write(request, response, refusal);
            return;
        }
        chain.doFilter(request, response);
    }

    private void requireAllowed(@Nullable String header) {
        if (header == null) {
            throw new Refusal(RequestProblem.AUTHENTICATION_MISSING);
        }
        String token = Identities.tokenIn(header);
        if (tokenHash == null || !KeyHash.matches(token, tokenHash)) {
            identities.identify(token).requireEverywhere(Role.OPERATOR);
        }
    }
}
