package io.gamemetrics.infrastructure.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.web.filter.OncePerRequestFilter;

/** Finds out who calls. A request without a token goes on without a caller; one with a bad token ends here. */
final class BearerFilter extends OncePerRequestFilter {

    private final SecurityContextRepository laterThreads = new RequestAttributeSecurityContextRepository();
    private final Identities identities;
    private final Problems problems;

    BearerFilter(Identities identities, Problems problems) {
        this.identities = identities;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            String header = request.getHeader(HttpHeaders.AUTHORIZATION);
            if (header != null) {
                SecurityContext context = SecurityContextHolder.createEmptyContext();
                context.setAuthentication(new CallerAuthentication(identities.identify(Identities.tokenIn(header))));
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
}
