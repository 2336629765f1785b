package io.gamemetrics.infrastructure.cli;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Two epochs of keys; what the older one wraps is wrapped anew in two calls. */
final class FakeKeyEpochs {

    /** What was ordered, as it was sent. */
    final List<String> sent = Collections.synchronizedList(new ArrayList<>());

    /** Absent body: 204. */
    String answer(String method, String path, String query) {
        String asked = method + " " + path + (query.equals("null") ? "" : "?" + query);
        if (method.equals("GET")) {
            return "[{\"epoch\":1,\"state\":\"OLDER\",\"wraps\":1500,\"fileHere\":true},"
                    + "{\"epoch\":2,\"state\":\"CURRENT\",\"wraps\":7,\"begunAt\":\"2026-11-22T12:00:00Z\",\"fileHere\":true}]";
        }
        sent.add(asked);
        if (path.endsWith("/rewrap")) {
            return query.equals("null") ? "{\"rewrapped\":1000,\"next\":\"1.1000\"}" : "{\"rewrapped\":500}";
        }
        return method.equals("DELETE") ? "" : "{\"epoch\":3}";
    }

    /** Whether the order is one that is refused. */
    static boolean refuses(String method, String query) {
        return method.equals("DELETE") && query.equals("null");
    }
}
