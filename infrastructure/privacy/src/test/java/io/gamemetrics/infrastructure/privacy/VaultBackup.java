package io.gamemetrics.infrastructure.privacy;

import com.zaxxer.hikari.HikariDataSource;
import io.gamemetrics.infrastructure.testkit.TestPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A vault's database as it was at some time, to go back to. */
final class VaultBackup {

    private static final Pattern NAME = Pattern.compile("/([a-z_0-9]+)\\?");

    private final String url;

    private VaultBackup(String url) {
        this.url = url;
    }

    /** Takes one; the database's open connections are cut off. */
    static VaultBackup of(HikariDataSource database) throws SQLException {
        String copied = copy(database.getJdbcUrl(), TestPostgres.newDatabase());
        // The pool trusts for a moment what it used a moment ago.
        database.getHikariPoolMXBean().softEvictConnections();
        return new VaultBackup(copied);
    }

    /** The backup brought back: a database that may go on changing. */
    HikariDataSource restored() throws SQLException {
        HikariDataSource database = new HikariDataSource();
        database.setMaximumPoolSize(4);
        database.setJdbcUrl(copy(url, TestPostgres.newDatabase()));
        return database;
    }

    private static String copy(String from, String to) throws SQLException {
        String maintenance = from.replaceFirst(NAME.pattern(), "/postgres?");
        try (Connection connection = DriverManager.getConnection(maintenance);
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER DATABASE " + name(from) + " ALLOW_CONNECTIONS false");
            statement.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + name(from) + "'");
            statement.execute("DROP DATABASE " + name(to));
            statement.execute("CREATE DATABASE " + name(to) + " TEMPLATE " + name(from));
            statement.execute("ALTER DATABASE " + name(from) + " ALLOW_CONNECTIONS true");
        }
        return to;
    }

    private static String name(String url) {
        Matcher name = NAME.matcher(url);
        if (!name.find()) {
            throw new IllegalArgumentException("a test's database is named in its address");
        }
        return name.group(1);
    }
}
