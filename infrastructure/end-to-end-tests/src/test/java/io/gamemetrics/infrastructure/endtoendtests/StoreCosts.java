package io.gamemetrics.infrastructure.endtoendtests;

import io.gamemetrics.infrastructure.testkit.PlatformProcess;
import io.gamemetrics.infrastructure.testkit.ProcessorTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a number of events cost a platform's stores: bytes on disk by database, topic and dump, and processor time by
 * process. PostgreSQL's log, which is written over, is not counted.
 */
record StoreCosts(Path data, PlatformProcess platform, Map<String, Long> bytes, Map<String, Long> processorMillis) {

    private static final List<String> SERVERS = List.of("postgres", "kafka", "redis");
    private static final long MILLION = 1_000_000;

    static StoreCosts begin(Path data, PlatformProcess platform) throws Exception {
        return new StoreCosts(data, platform, bytes(data), processorMillis(data, platform));
    }

    /** Writes what it was for a million of these events, beginning where this was made. */
    void report(long events) throws Exception {
        Map<String, Long> bytesNow = bytes(data);
        for (Map.Entry<String, Long> each : bytesNow.entrySet()) {
            one(
                    "bytes-" + each.getKey(),
                    "bytes a million events",
                    each.getValue() - bytes.getOrDefault(each.getKey(), 0L),
                    events);
        }
        for (Map.Entry<String, Long> each : processorMillis(data, platform).entrySet()) {
            one(
                    "processor-" + each.getKey(),
                    "ms of a processor a million events",
                    each.getValue() - processorMillis.getOrDefault(each.getKey(), 0L),
                    events);
        }
    }

    private static void one(String what, String unit, long grown, long events) throws Exception {
        long[] value = {grown * MILLION / Math.max(1, events)};
        IngestLiveBench.report("footprint-" + what, unit, Map.of("events", events), value, Map.of());
    }

    private static Map<String, Long> bytes(Path data) throws SQLException, IOException {
        Map<String, Long> bytes = new LinkedHashMap<>();
        try (Connection connection = ReadDatabase.connect(data);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT datname, pg_database_size(oid) FROM pg_database WHERE datname LIKE 'gamemetrics%'"
                                + " ORDER BY datname")) {
            while (row.next()) {
                bytes.put(row.getString(1), row.getLong(2));
            }
        }
        bytes.put("kafka", folder(data.resolve("servers/kafka/data")));
        bytes.put("redis", folder(data.resolve("servers/redis")));
        return bytes;
    }

    private static long folder(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(StoreCosts::size)
                    .sum();
        }
    }

    /** A file that is gone by now has none. */
    private static long size(Path file) {
        try {
            return Files.exists(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Long> processorMillis(Path data, PlatformProcess platform) throws IOException {
        Map<String, Long> millis = new LinkedHashMap<>();
        long servers = 0;
        for (String server : SERVERS) {
            long pid = Long.parseLong(
                    Files.readString(data.resolve("servers").resolve(server).resolve("server.pid"))
                            .strip());
            long own = ProcessorTime.nanos(List.of(pid)) / MILLION;
            millis.put(server, own);
            servers += own;
        }
        millis.put("services", platform.processorTime().toMillis() - servers);
        return millis;
    }
}
