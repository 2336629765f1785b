package io.gamemetrics.infrastructure.testkit;

import io.gamemetrics.infrastructure.embeddedservers.PostgresServer;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One real PostgreSQL for all tests of a JVM, as durable as in production; each test takes a new database in it. The
 * property {@value #SETTINGS} has more settings of it, {@code name=value} by commas.
 */
public final class TestPostgres {

    private static final String SETTINGS = "postgresql.settings";
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private TestPostgres() {}

    /** The JDBC URL of a new, empty database, credentials included; the user is its owner and a superuser. */
    public static String newDatabase() {
        String name = "test_" + DATABASES.incrementAndGet();
        PostgresServer server = server();
        try {
            server.createDatabase(name);
        } catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL could not create a database for the test", e);
        }
        return server.url(name) + "?user=" + server.user() + "&password=" + server.password();
    }

    /** The server itself, for tests that kill it and start it again. */
    public static PostgresServer server() {
        return Server.INSTANCE;
    }

    private static final class Server {
        static final PostgresServer INSTANCE =
                TestServers.start(folder -> PostgresServer.start(folder, TestServers.BINARIES, settings()));
    }

    private static Map<String, String> settings() {
        return Stream.of(System.getProperty(SETTINGS, "").split(","))
                .filter(setting -> !setting.isEmpty())
                .map(setting -> setting.split("=", 2))
                .collect(Collectors.toMap(setting -> setting[0], setting -> setting[1]));
    }
}
