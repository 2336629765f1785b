package io.gamemetrics.infrastructure.cli;

import java.util.ArrayList;
import java.util.List;

/** One replay that gets on by a third each time it is looked at. */
final class FakeReplays {

    private static final int COMPARING = 1_000;
    private static final String RUNNING = "{\"state\":\"RUNNING\",\"cells\":40,\"entries\":7,\"endedAt\":null}";
    static final String SAME =
            "{\"state\":\"DONE\",\"cells\":90,\"differences\":0,\"endedAt\":\"2026-11-24T10:00:00Z\",\"found\":[]}";
    static final String OTHER =
            "{\"state\":\"DONE\",\"cells\":90,\"differences\":1,\"endedAt\":\"2026-11-24T10:00:00Z\","
                    + "\"found\":[{\"section\":\"days\",\"game\":\"g\",\"part\":\"2026-11-24\",\"oldCount\":4,\"newCount\":5,"
                    + "\"distance\":null,\"positions\":[\"7.12\"]}]}";
    static final String FAILED =
            "{\"state\":\"FAILED\",\"problem\":\"They are too far behind.\",\"endedAt\":\"2026-11-24T10:00:00Z\"}";

    final List<String> started = new ArrayList<>();
    String compared = SAME;
    private static final String OFFER =
            "{\"offerId\":\"o1\",\"projection\":\"metrics\",\"reason\":\"TIME_ZONE\",\"game\":\"intendo\","
                    + "\"board\":null,\"detail\":\"Days are gone.\"}";

    private int looks;

    String answer(String method, String path, String body) {
        if (body.contains("\"dryRun\":true")) {
            return "{\"events\":1000,\"bytesNeeded\":5000,\"bytesFree\":9000,\"secondsEstimated\":null,\"fits\":true}";
        }
        if (path.equals("/v1/projections")) {
            return "[{\"name\":\"metrics\",\"version\":2,\"lagSeconds\":0,\"eventsPerSecond\":180,\"instances\":2,"
                    + "\"quarantined\":1,\"problems\":[\"Something is wrong.\"],\"offers\":[" + OFFER + "]}]";
        }
        if (method.equals("POST") && path.equals("/v1/replays")) {
            started.add(body);
            return "{\"replayId\":\"r1\"}";
        }
        if (path.equals("/v1/replays")) {
            return "[" + replay("FOLLOWING", 100) + "]";
        }
        if (path.endsWith("/dismiss")) {
            return OFFER;
        }
        if (path.endsWith("/switch")) {
            return replay("SWITCHED", 100);
        }
        if (path.endsWith("/compare")) {
            looks = COMPARING;
            return replay("FOLLOWING", 100);
        }
        looks++;
        if (looks > COMPARING) {
            return replay("FOLLOWING", 100)
                    .replaceFirst("\\{", "{\"comparison\":" + (looks < COMPARING + 3 ? RUNNING : compared) + ",");
        }
        return looks < 3 ? replay("READING", 30 * looks) : replay("FOLLOWING", 100);
    }

    private static String replay(String phase, int percent) {
        return "{\"replayId\":\"r1\",\"projection\":\"metrics\",\"version\":2,\"replaces\":1,\"phase\":\"" + phase
                + "\",\"paused\":false,\"position\":\"7." + percent + "\",\"head\":\"7.100\",\"percent\":" + percent
                + ",\"eventsPerSecond\":1800,\"etaSeconds\":61,\"begunAt\":\"2026-11-24T10:00:00Z\","
                + "\"proof\":{\"ranges\":3,\"proved\":3,\"mismatches\":0},"
                + "\"actions\":[{\"at\":\"2026-11-24T10:00:00Z\",\"actor\":\"ada\",\"action\":\"start\",\"detail\":\"\"}]}";
    }
}
