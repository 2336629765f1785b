package io.gamemetrics.infrastructure.embeddedservers;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** A real PostgreSQL that loses nothing it has confirmed: fsync and synchronous commits are on. */
public final class PostgresServer extends EmbeddedServer {

    private final PostgresRecipe recipe;

    private PostgresServer(PostgresRecipe recipe) {
        super(recipe);
        this.recipe = recipe;
    }

    /**
     * Starts it on the files in {@code folder}, which are made when there are none; a server left running on them is
     * stopped first.
     *
     * @param settings more settings of postgresql.conf, by name
     * @throws CannotStartException when the server or its files do not allow it
     */
    public static PostgresServer start(Path folder, ServerBinaries binaries, Map<String, String> settings) {
        PostgresRecipe recipe = new PostgresRecipe(
                new ServerFolder(folder), PostgresPrograms.in(binaries), FreePorts.next(), Map.copyOf(settings));
        recipe.prepareFiles();
        return new PostgresServer(recipe);
    }

    /** Where a server listens, and its user who may do everything. */
    public record Address(int port, String user, String password) {

        /** The JDBC address of a database, without credentials. */
        public String url(String database) {
            return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
        }

        @Override
        public String toString() {
            return "Address[port=" + port + "]";
        }
    }

    /** Where the server listens that was started on the files in {@code folder} by whoever; empty when none runs there. */
    public static Optional<Address> running(Path folder) {
        return PostgresRecipe.runningPort(folder.resolve("data"))
                .map(port -> new Address(port, PostgresRecipe.USER, Secrets.password(folder.resolve("password"))));
    }

    public Address address() {
        return new Address(port(), user(), password());
    }

    /** The JDBC address of a database, without credentials. */
    public String url(String database) {
        return address().url(database);
    }

    /** The user who may do everything. */
    public String user() {
        return PostgresRecipe.USER;
    }

    /** That user's password: random, made with the files. */
    public String password() {
        return recipe.password();
    }

    /** Creates the database unless it is there. */
    public void createDatabase(String name) throws SQLException {
        Properties credentials = new Properties();
        credentials.put("user", user());
        credentials.put("password", password());
        try (Connection connection = DriverManager.getConnection(url("postgres"), credentials);
                PreparedStatement exists = connection.prepareStatement("SELECT 1 FROM pg_database WHERE datname = ?")) {
            exists.setString(1, name);
            if (!exists.executeQuery().next()) {
                try (Statement create = connection.createStatement()) {
                    create.execute("CREATE DATABASE " + create.enquoteIdentifier(name, true));
                }
            }
        }
    }
}
