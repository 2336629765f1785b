package io.gamemetrics.infrastructure.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/** Unpacks gzip while it is read and stops at the limit, so that neither a long nor a cleverly packed body fills the memory. */
final class BodyLimitFilter extends OncePerRequestFilter {

    private final long maxBytes;
    private final Problems problems;

    BodyLimitFilter(long maxBytes, Problems problems) {
        this.maxBytes = maxBytes;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        boolean gzip = encoding != null && "gzip".equals(encoding.strip().toLowerCase(Locale.ROOT));
        if (encoding != null && !gzip && !"identity".equals(encoding.strip().toLowerCase(Locale.ROOT))) {
            response.setHeader(HttpHeaders.ACCEPT_ENCODING, "gzip, identity");
            problems.write(request, response, new Refusal(RequestProblem.ENCODING_UNSUPPORTED));
        } else if (request.getContentLengthLong() > maxBytes) {
            problems.write(request, response, LimitedBody.tooLarge(maxBytes));
        } else {
            chain.doFilter(new LimitedRequest(request, gzip, maxBytes), response);
        }
    }
}
