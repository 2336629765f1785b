package io.gamemetrics.infrastructure.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;

/** Answers HTTP as the platform does, as far as the command line can see, and misbehaves on order. */
final class FakePlatform implements AutoCloseable {

    /** In {@link #misbehaviour}: this once, behave. */
    static final int BEHAVE = 200;

    /** Answers to give before behaving: a status, or 0 for a connection cut in the middle. */
    final ConcurrentLinkedDeque<Integer> misbehaviour = new ConcurrentLinkedDeque<>();

    final Set<String> stored = ConcurrentHashMap.newKeySet();
    final List<String> calls = java.util.Collections.synchronizedList(new ArrayList<>());
    final FakeReplays replays = new FakeReplays();
    final FakeQuarantine quarantine = new FakeQuarantine();
    final FakeRequests requests = new FakeRequests();
    final FakeKeyEpochs keyEpochs = new FakeKeyEpochs();
    final FakeRejectedEvents rejected = new FakeRejectedEvents(7);
    final AtomicInteger requestsWithEvents = new AtomicInteger();

    private final HttpServer server;

    FakePlatform() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("no port for the fake platform", e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        calls.add(exchange.getRequestMethod() + " " + path);
        byte[] body = exchange.getRequestBody().readAllBytes();
        if (path.startsWith("/v1/replays") || path.startsWith("/v1/offers") || path.equals("/v1/projections")) {
            answer(
                    exchange,
                    200,
                    replays.answer(exchange.getRequestMethod(), path, new String(body, StandardCharsets.UTF_8)));
        } else if (path.startsWith("/v1/quarantine")) {
            answer(
                    exchange,
                    200,
                    quarantine.answer(
                            exchange.getRequestMethod(),
                            path,
                            String.valueOf(exchange.getRequestURI().getQuery()),
                            new String(body, StandardCharsets.UTF_8)));
        } else if (path.startsWith("/v1/key-epochs")) {
            String query = String.valueOf(exchange.getRequestURI().getQuery());
            if (FakeKeyEpochs.refuses(exchange.getRequestMethod(), query)) {
                answer(exchange, 409, "{\"title\":\"A backup needs it\",\"status\":409,\"code\":\"keyEpoch.needed\"}");
            } else {
                String answered = keyEpochs.answer(exchange.getRequestMethod(), path, query);
                answer(exchange, answered.isEmpty() ? 204 : 200, answered);
            }
        } else if (path.startsWith("/v1/data-subject-requests")
                || path.startsWith("/v1/audit")
                || path.contains("/players/")) {
            answer(
                    exchange,
                    200,
                    requests.answer(exchange.getRequestMethod(), path, new String(body, StandardCharsets.UTF_8)));
        } else if (path.endsWith("/rejected-events")) {
            answer(exchange, 200, rejected.list(exchange.getRequestURI().getQuery()));
        } else if (path.endsWith("/rejected-events/summary")) {
            answer(
                    exchange,
                    200,
                    "{\"total\":1200,\"codes\":[{\"code\":\"event.notObject\",\"count\":1200,\"oldest\":\"2026-11-22T10:00:00Z\",\"newest\":\"2026-11-23T10:00:00Z\"}]}");
        } else if (path.endsWith("/rejected-events/7")) {
            answer(exchange, 200, "{\"id\":\"7\",\"code\":\"event.notObject\",\"sent\":\"[ 1 ]\"}");
        } else if (path.endsWith("/rejected-events/resubmit")) {
            Integer status = misbehaviour.poll();
            if (status == null || status == BEHAVE) {
                answer(exchange, 200, rejected.resubmit(body));
            } else {
                answer(exchange, status, "{\"title\":\"Not now\",\"status\":" + status + "}");
            }
        } else if (path.endsWith("/events")) {
            events(exchange, body);
        } else if (path.endsWith("/keys") && exchange.getRequestMethod().equals("POST")) {
            answer(exchange, 201, "{\"keyId\":\"k1\",\"secret\":\"gmk_ingest_k1_secret\"}");
        } else if (path.endsWith("/keys")) {
            answer(
                    exchange,
                    200,
                    "{\"keys\":[{\"keyId\":\"k1\",\"kind\":\"INGEST\",\"label\":\"game server\",\"createdAt\":\"2026-11-22T10:00:00Z\",\"lastUsedAt\":null}]}");
        } else if (path.contains("/keys/")) {
            answer(exchange, 204, "");
        } else if (path.equals("/v1/games") && exchange.getRequestMethod().equals("POST")) {
            answer(exchange, 201, "{\"gameId\":\"chess\",\"apiKey\":\"gmk_ingest_k0_secret\"}");
        } else if (path.equals("/v1/games/taken")) {
            answer(exchange, 200, "{\"gameId\":\"taken\"}");
        } else if (path.equals("/graphql")) {
            String query = new String(body, StandardCharsets.UTF_8);
            answer(
                    exchange,
                    200,
                    query.contains("wrong")
                            ? "{\"errors\":[{\"message\":\"no such field\",\"extensions\":{\"code\":\"BAD_INPUT\"}}]}"
                            : "{\"data\":{\"game\":{\"asked\":" + query + "}}}");
        } else {
            answer(exchange, 404, "{\"title\":\"Not found\",\"status\":404,\"code\":\"game.unknown\"}");
        }
    }

    private void events(HttpExchange exchange, byte[] body) throws IOException {
        requestsWithEvents.incrementAndGet();
        Integer status = misbehaviour.poll();
        if (status != null && status == 0) {
            exchange.close();
            return;
        }
        if (status != null && status != BEHAVE) {
            exchange.getResponseHeaders().add("Retry-After", "0.05");
            answer(exchange, status, "{\"title\":\"Not now\",\"status\":" + status + "}");
            return;
        }
        ObjectNode answer = Surroundings.JSON.createObjectNode();
        int accepted = 0;
        int duplicates = 0;
        int index = 0;
        var problems = answer.putArray("problems");
        try (InputStream in = new GZIPInputStream(new java.io.ByteArrayInputStream(body))) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                String id = Surroundings.JSON.readTree(line).path("eventId").asText();
                if (id.startsWith("bad")) {
                    problems.addObject()
                            .put("index", index)
                            .put("code", "purchase.currency.unknown")
                            .put("message", "currency: 'XX'");
                } else if (stored.add(id)) {
                    accepted++;
                } else {
                    duplicates++;
                }
                index++;
            }
        }
        answer.put("accepted", accepted).put("duplicates", duplicates).put("rejected", problems.size());
        answer.put("position", "7." + stored.size());
        answer(exchange, 200, answer.toString());
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders()
                .add("Content-Type", status < 300 ? "application/json" : "application/problem+json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
