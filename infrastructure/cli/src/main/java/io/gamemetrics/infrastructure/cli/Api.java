package io.gamemetrics.infrastructure.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One of the platform's two addresses, asked in JSON by somebody with a token. Thread-safe. */
final class Api {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(60);
    private static final Duration DOWNLOAD = Duration.ofHours(1);

    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();

    private final URI address;
    private final String token;

    Api(URI address, String token) {
        this.address = address;
        this.token = token;
    }

    /** The answer to a request without retries. A refusal, a failure and a missing server end the command. */
    JsonNode ask(String method, String path, @Nullable Object body) {
        HttpRequest.Builder request = request(path)
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(bytes(body)));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        try {
            HttpResponse<byte[]> response = send(request.build());
            if (response.statusCode() >= 300) {
                throw Problem.of(response).asEnd();
            }
            return json(response.body());
        } catch (IOException e) {
            throw notReachable();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandEndedException(Exit.FAILED, "Interrupted.");
        }
    }

    /**
     * Saves an answer as it comes, for nobody but the one who saves it to read.
     *
     * @param file not there yet; taken away again when the answer breaks off
     * @return how many bytes it is
     */
    long save(String path, Path file) {
        HttpRequest request = request(path)
                .timeout(DOWNLOAD)
                .header("Accept", "application/zip")
                .GET()
                .build();
        HttpResponse<InputStream> response;
        try {
            response = CLIENT.send(request, HttpResponse.BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw notReachable();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandEndedException(Exit.FAILED, "Interrupted.");
        }
        try (InputStream body = response.body()) {
            if (response.statusCode() >= 300) {
                throw Problem.of(response.statusCode(), body.readAllBytes()).asEnd();
            }
            return Downloads.write(file, body);
        } catch (IOException e) {
            throw new CommandEndedException(
                    Exit.FAILED, file + " could not be written: the answer broke off, or there is" + " no room.");
        }
    }

    HttpRequest.Builder request(String path) {
        String base = address.toString();
        return HttpRequest.newBuilder(
                        URI.create(base.endsWith("/") ? base.substring(0, base.length() - 1) + path : base + path))
                .timeout(ANSWER)
                .header("Authorization", "Bearer " + token)
                .header("Accept", "application/json, application/problem+json");
    }

    HttpResponse<byte[]> send(HttpRequest request) throws IOException, InterruptedException {
        return CLIENT.send(request, HttpResponse.BodyHandlers.ofByteArray());
    }

    CommandEndedException notReachable() {
        return new CommandEndedException(
                Exit.NOT_REACHABLE, "Nobody answers at " + address + ": start the platform, or set GAMEMETRICS_URL.");
    }

    static JsonNode json(byte[] body) {
        try {
            return body.length == 0 ? Surroundings.JSON.missingNode() : Surroundings.JSON.readTree(body);
        } catch (IOException e) {
            return Surroundings.JSON.missingNode();
        }
    }

    static byte[] bytes(Object body) {
        try {
            return Surroundings.JSON.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not representable in JSON", e);
        }
    }
}
