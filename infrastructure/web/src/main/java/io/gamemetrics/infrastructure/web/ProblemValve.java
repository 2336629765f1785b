package io.gamemetrics.infrastructure.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;

/**
 * Answers what Tomcat refuses before any of our code sees it, for example an address with forbidden characters. Tomcat's
 * own page would be HTML and may repeat what was sent.
 */
public final class ProblemValve extends ErrorReportValve {

    private static final int FIRST_ERROR = 400;

    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
        if (response.getStatus() < FIRST_ERROR || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        RequestProblem problem = RequestProblem.ofStatus(response.getStatus());
        // Fixed texts only, so no JSON library is needed this far out.
        String document = "{\"type\":\"" + problem.address() + "\",\"title\":\"" + problem.title() + "\",\"status\":"
                + response.getStatus() + ",\"code\":\"" + problem.code() + "\"}";
        try {
            response.setContentType("application/problem+json");
            response.setCharacterEncoding("utf-8");
            byte[] body = document.getBytes(StandardCharsets.UTF_8);
            response.getOutputStream().write(body);
            response.finishResponse();
        } catch (IOException e) {
            container.getLogger().debug("the caller hung up", e);
        }
    }
}
