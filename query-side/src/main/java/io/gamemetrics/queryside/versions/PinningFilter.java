package io.gamemetrics.queryside.versions;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/** Begins a request's pins, and ends them on this thread. */
public final class PinningFilter extends OncePerRequestFilter {

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        PinnedVersions.begin();
        try {
            chain.doFilter(request, response);
        } finally {
            PinnedVersions.clear();
        }
    }
}
