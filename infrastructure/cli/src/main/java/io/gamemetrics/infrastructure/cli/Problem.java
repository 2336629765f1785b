package io.gamemetrics.infrastructure.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;

/** An answer that is not a success: an RFC 9457 problem document, or what can be made of another body. */
record Problem(int status, String text) {

    static Problem of(HttpResponse<byte[]> response) {
        return of(response.statusCode(), response.body());
    }

    static Problem of(int status, byte[] answer) {
        JsonNode body = Api.json(answer);
        String title = body.path("title").asText("");
        String detail = body.path("detail").asText("");
        String code = body.path("code").asText("");
        String text = String.join(
                ": ",
                java.util.stream.Stream.of(title, detail)
                        .filter(part -> !part.isEmpty())
                        .toList());
        return new Problem(
                status, (text.isEmpty() ? "HTTP " + status : text) + (code.isEmpty() ? "" : " [" + code + "]"));
    }

    /** The platform may answer otherwise if asked again. */
    boolean passes() {
        return status == 429 || status >= 500;
    }

    CommandEndedException asEnd() {
        return switch (status) {
            case 502, 503, 504 -> new CommandEndedException(Exit.NOT_REACHABLE, "The platform is not ready: " + text);
            case 401 ->
                new CommandEndedException(
                        Exit.REFUSED,
                        "Refused (401): " + text + ". Set GAMEMETRICS_TOKEN, or use the local platform's credentials.");
            default ->
                status >= 500
                        ? new CommandEndedException(Exit.FAILED, "The platform failed (" + status + "): " + text)
                        : new CommandEndedException(Exit.REFUSED, "Refused (" + status + "): " + text);
        };
    }
}
