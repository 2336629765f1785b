package io.gamemetrics.infrastructure.endtoendtests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;

/** The read models in the platform's own PostgreSQL, for what a test does to it behind the platform's back. */
final class ReadDatabase {

    private ReadDatabase() {}

    /** @param data the folder of a platform that runs */
    static Connection connect(Path data) throws IOException, SQLException {
        return connect(data, "gamemetrics_read");
    }

    /** The same, to another database of the same server. */
    static Connection connect(Path data, String database) throws IOException, SQLException {
        Path postgres = data.resolve("servers/postgres");
        List<String> postmaster = Files.readAllLines(postgres.resolve("data/postmaster.pid"));
        Properties credentials = new Properties();
        credentials.put("user", "gamemetrics");
        credentials.put(
                "password", Files.readString(postgres.resolve("password")).strip());
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + postmaster.get(3).strip() + "/" + database, credentials);
    }
}
