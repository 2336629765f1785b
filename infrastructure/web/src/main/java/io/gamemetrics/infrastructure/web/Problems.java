package io.gamemetrics.infrastructure.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpHeaders;

/** Writes problem documents (RFC 9457). They never repeat what the caller sent, the path included. */
final class Problems {

    private static final Duration DEFAULT_RETRY = Duration.ofSeconds(1);

    private final ObjectMapper json;
    private final List<ProblemMembers> additions;

    Problems(ObjectMapper json, List<ProblemMembers> additions) {
        this.json = json;
        this.additions = List.copyOf(additions);
    }

    void write(HttpServletRequest request, HttpServletResponse response, Refusal refusal) throws IOException {
        if (response.isCommitted()) {
            return;
        }
        int status = refusal.type().status();
        response.resetBuffer();
        response.setStatus(status);
        if (status == 401) {
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, challenge(refusal));
        }
        if (status == 429 || status == 503) {
            Duration atLeast = refusal.retryAfter() == null ? DEFAULT_RETRY : refusal.retryAfter();
            response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(RetryAfter.jitteredSeconds(atLeast)));
        }
        byte[] body = json.writeValueAsBytes(document(request, refusal));
        response.setContentType("application/problem+json");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
        response.flushBuffer();
    }

    private Map<String, Object> document(HttpServletRequest request, Refusal refusal) {
        Map<String, Object> document = of(refusal);
        additions.forEach(addition -> document.putAll(addition.membersFor(request, refusal)));
        return document;
    }

    /** The document without what belongs to one service only. */
    static Map<String, Object> of(Refusal refusal) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("type", refusal.type().address());
        document.put("title", refusal.type().title());
        document.put("status", refusal.type().status());
        document.put("code", refusal.type().code());
        if (refusal.detail() != null) {
            document.put("detail", refusal.detail());
        }
        document.putAll(refusal.members());
        return document;
    }

    private static String challenge(Refusal refusal) {
        String realm = "Bearer realm=\"gamemetrics\"";
        return refusal.type() == RequestProblem.AUTHENTICATION_MISSING ? realm : realm + ", error=\"invalid_token\"";
    }
}
