package io.gamemetrics.infrastructure.cli;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** One request of data subjects, and an audit. */
final class FakeRequests {

    /** What was sent, as it was sent: address and body. */
    final List<String> sent = Collections.synchronizedList(new ArrayList<>());

    /** What the audit says. */
    volatile String audit = "{\"intact\":true,\"entries\":42,\"head\":\"ab12\"}";

    /** What is kept. */
    volatile String kept = "{\"requestId\":\"r1\",\"kept\":[{\"subject\":0,\"gameId\":\"chess\",\"kind\":\"PURCHASES\","
            + "\"until\":\"2033-12-31\",\"ground\":\"a law\",\"records\":[{\"type\":\"purchase\",\"playerId\":\"anna\","
            + "\"eventId\":\"e1\",\"occurredAt\":\"2026-11-22T12:00:00Z\",\"itemId\":\"gems5\",\"currency\":\"USD\","
            + "\"amountMicros\":4990000}]}]}";

    private String phase() {
        boolean isReady = sent.toString().contains("EXPORT") && looks.getAndIncrement() > 0;
        return isReady ? "READY" : "EXECUTING";
    }

    private final AtomicInteger looks = new AtomicInteger();

    String answer(String method, String path, String body) {
        if (path.equals("/v1/audit/verify")) {
            return audit;
        }
        if (!method.equals("GET")) {
            sent.add(method + " " + path + " " + body);
        }
        if (method.equals("DELETE") || (method.equals("POST") && path.equals("/v1/data-subject-requests"))) {
            return "{\"requestId\":\"r1\",\"dueAt\":\"2026-12-22T12:00:00Z\"}";
        }
        if (path.endsWith("/plan")) {
            boolean counted = looks.getAndIncrement() > 0;
            return "{\"requestId\":\"r1\",\"state\":\"" + (counted ? "COUNTED" : "COUNTING") + "\",\"counted\":0,"
                    + "\"waitingFor\":[\"metrics/1\"],\"totals\":[{\"store\":\"event-store\",\"kind\":\"events\","
                    + "\"rows\":42,\"then\":\"BECOME_UNREADABLE\"},{\"store\":\"metrics\",\"version\":1,"
                    + "\"kind\":\"event\",\"rows\":7,\"then\":\"GO\"}],"
                    + "\"subjects\":[{\"subject\":0,\"players\":2}]}";
        }
        if (path.endsWith("/export")) {
            return "a ZIP";
        }
        if (path.equals("/v1/data-subject-requests/kept")) {
            return "[{\"requestId\":\"r1\",\"gameId\":\"chess\",\"kind\":\"PURCHASES\",\"until\":\"2033-12-31\","
                    + "\"subjects\":2,\"records\":9}]";
        }
        if (path.endsWith("/kept")) {
            return kept;
        }
        if (path.endsWith("/certificate")) {
            return "{\"format\":\"x\",\"signature\":\"y\"}";
        }
        String request = "{\"requestId\":\"r1\",\"type\":\"ERASURE\",\"phase\":\"" + phase() + "\","
                + "\"receivedAt\":\"2026-11-22T12:00:00Z\",\"dueAt\":\"2026-12-22T12:00:00Z\",\"extended\":false,"
                + "\"subjects\":[{\"subject\":0,\"gameId\":\"chess\",\"playerId\":\"anna\",\"phase\":\"PURGED\"}]}";
        return path.equals("/v1/data-subject-requests") ? "[" + request + "]" : request;
    }
}
