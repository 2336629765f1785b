package io.gamemetrics.infrastructure.cli;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** One stream that waits, and one order that is done when it is looked at for the second time. */
final class FakeQuarantine {

    /** What was ordered, as it was sent. */
    final List<String> ordered = Collections.synchronizedList(new ArrayList<>());

    /** What becomes of the order. */
    volatile String end = "DONE";

    private int looks;

    String answer(String method, String path, String query, String body) {
        if (method.equals("POST")) {
            ordered.add(body);
            return "{\"orderId\":\"o1\"}";
        }
        if (path.equals("/v1/quarantine/orders")) {
            return "[{\"orderId\":\"o1\",\"projection\":\"metrics\",\"kind\":\"RETRY\",\"stream\":\"s1\",\"cause\":null,"
                    + "\"actor\":\"ada\",\"reason\":null,\"orderedAt\":\"2026-11-24T10:00:00Z\"}]";
        }
        if (path.startsWith("/v1/quarantine/orders/")) {
            looks++;
            return order(looks < 2 ? "OPEN" : end);
        }
        String waiting = "{\"projection\":\"metrics\",\"version\":1,\"partition\":3,\"game\":7,\"stream\":\"s1\","
                + "\"position\":\"7.42\",\"type\":\"PurchaseMade\",\"revision\":1,\"cause\":\"handler.failed\",\"events\":3,"
                + "\"since\":\"2026-11-24T10:00:00Z\"}";
        if (path.equals("/v1/quarantine")) {
            return query.contains("after=0")
                    ? "{\"entries\":[" + waiting + "],\"after\":\"9\"}"
                    : "{\"entries\":[" + waiting.replace("s1", "s2") + "],\"after\":null}";
        }
        return "[{\"waiting\":" + waiting
                + ",\"first\":[{\"position\":\"7.42\",\"sequence\":5,\"type\":\"PurchaseMade\","
                + "\"revision\":1,\"bytes\":210,\"storedAt\":\"2026-11-24T09:59:59Z\",\"cause\":\"handler.failed\"}]}]";
    }

    private static String order(String state) {
        return "{\"orderId\":\"o1\",\"kind\":\"RETRY\",\"actor\":\"ada\",\"state\":\"" + state + "\",\"applied\":3,"
                + "\"skipped\":0,\"outcomes\":[{\"version\":1,\"partition\":3,\"stream\":\"s1\",\"position\":\"7.42\","
                + "\"state\":\"RELEASED\",\"applied\":3,\"skipped\":0,\"stoppedAt\":null,\"stoppedCause\":null}]}";
    }
}
