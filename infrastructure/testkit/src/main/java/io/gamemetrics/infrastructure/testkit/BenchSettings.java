package io.gamemetrics.infrastructure.testkit;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryManagerMXBean;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a figure depends on that the tests' PostgreSQL, this JVM and the machine decide. */
public final class BenchSettings {

    private static final String QUERY = "SELECT current_setting('server_version'), current_setting('fsync'),"
            + " current_setting('synchronous_commit'), current_setting('shared_buffers'), current_setting('max_wal_size')";

    private BenchSettings() {}

    /** A JSON object. */
    public static String json(Map<String, ?> more) throws SQLException {
        Map<String, Object> all = new TreeMap<>(more);
        all.put("processors", Runtime.getRuntime().availableProcessors());
        all.put("heapMiB", Runtime.getRuntime().maxMemory() >> 20);
        all.put(
                "collectors",
                ManagementFactory.getGarbageCollectorMXBeans().stream()
                        .map(MemoryManagerMXBean::getName)
                        .collect(Collectors.joining(", ")));
        try (Connection connection = DriverManager.getConnection(TestPostgres.newDatabase());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(QUERY)) {
            row.next();
            all.put("postgresql", row.getString(1));
            all.put("fsync", row.getString(2));
            all.put("synchronousCommit", row.getString(3));
            all.put("sharedBuffers", row.getString(4));
            all.put("maxWalSize", row.getString(5));
        }
        return all.entrySet().stream()
                .map(each -> "\"" + each.getKey() + "\":"
                        + (each.getValue() instanceof Number ? each.getValue() : "\"" + each.getValue() + "\""))
                .collect(Collectors.joining(",", "{", "}"));
    }
}
