package io.gamemetrics.projections.service;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serial;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * Lets everybody ask for health, and who has the scrape token for the rest, which is what monitoring reads. Projections
 * know no people: without a token configured, nothing else answers.
 */
final class ScrapeGate extends HttpFilter {

    @Serial
    private static final long serialVersionUID = 1L;

    private static final String HEALTH = "/actuator/health";

    private final transient byte @Nullable [] wanted;

    ScrapeGate(@Nullable String token) {
        this.wanted = token == null || token.isBlank() ? null : bytes("Bearer " + token);
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String path = request.getServletPath();
        String header = request.getHeader("Authorization");
        boolean isHealth = path.equals(HEALTH) || path.startsWith(HEALTH + "/");
        boolean isScraper = wanted != null && header != null && MessageDigest.isEqual(wanted, bytes(header));
        if (isHealth || isScraper) {
            chain.doFilter(request, response);
        } else {
            response.setHeader("WWW-Authenticate", "Bearer realm=\"gamemetrics\"");
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
