package io.gamemetrics.infrastructure.cli;

/** One replay that gets on by a third each time it is looked at. */
final class FakeReplays {

    private int looks;

    String answer(String method, String path, String body) {
        if (body.contains("\"dryRun\":true")) {
            return "{\"events\":1000,\"bytesNeeded\":5000,\"bytesFree\":9000,\"secondsEstimated\":null,\"fits\":true}";
        }
        if (path.equals("/v1/projections")) {
            return "[{\"name\":\"metrics\",\"version\":2,\"lagSeconds\":0,\"eventsPerSecond\":180,\"instances\":2,"
                    + "\"quarantined\":1,\"problems\":[\"Something is wrong.\"]}]";
        }
        if (method.equals("POST") && path.equals("/v1/replays")) {
            return "{\"replayId\":\"r1\"}";
        }
        if (path.equals("/v1/replays")) {
            return "[" + replay("FOLLOWING", 100) + "]";
        }
        if (path.endsWith("/switch")) {
            return replay("SWITCHED", 100);
        }
        looks++;
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
