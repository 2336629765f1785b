package io.gamemetrics.infrastructure.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.web.filter.OncePerRequestFilter;

/** Finds out who calls. A request without a token goes on without a caller; one with a bad token ends here. */
final class BearerFilter extends OncePerRequestFilter {

    private static final String SCHEME = "Bearer ";
    private static final int MAX_KEY_LENGTH = 512;
    private static final int MAX_TOKEN_LENGTH = 8_192;

    private final SecurityContextRepository laterThreads = new RequestAttributeSecurityContextRepository();
    private final PeopleTokens people;
    private final ApiKeys keys;
    private final Problems problems;

    BearerFilter(PeopleTokens people, ApiKeys keys, Problems problems) {
        this.people = people;
        this.keys = keys;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            String header = request.getHeader(HttpHeaders.AUTHORIZATION);
            if (header != null) {
                SecurityContext context = SecurityContextHolder.createEmptyContext();
                context.setAuthentication(new CallerAuthentication(callerOf(header)));
                SecurityContextHolder.setContext(context);
                // An answer that comes later, on another thread, still belongs to this caller.
                laterThreads.saveContext(context, request, response);
            }
        } catch (Refusal refusal) {
            problems.write(request, response, refusal);
            return;
        }
        chain.doFilter(request, response);
    }

    private Caller callerOf(String header) {
        String token = tokenIn(header);
        if (token == null || token.isEmpty() || token.length() > MAX_TOKEN_LENGTH) {
            throw new Refusal(RequestProblem.AUTHENTICATION_INVALID);
        }
        if (!token.startsWith(ApiKeys.PREFIX)) {
            return people.callerOf(token);
        }
        if (token.length() > MAX_KEY_LENGTH) {
            throw new Refusal(RequestProblem.AUTHENTICATION_INVALID);
        }
        ApiKeyIdentity key = keys.find(token).orElseThrow(() -> new Refusal(RequestProblem.AUTHENTICATION_INVALID));
        return new Caller(key);
    }

    private static @Nullable String tokenIn(String header) {
        return header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? header.substring(SCHEME.length()).strip()
                : null;
    }
}
