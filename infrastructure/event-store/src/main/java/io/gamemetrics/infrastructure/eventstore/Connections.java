package io.gamemetrics.infrastructure.eventstore;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** The two pools of the store: appends that queue for the head row must not keep readers out. */
final class Connections {

    static final String WRITERS = "event-store-writers";

    private static final Duration CONNECT = Duration.ofSeconds(10);

    private Connections() {}

    /** A new connection each time, without limits: for the schema. */
    static DataSource single(EventStoreSettings settings) {
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(settings.url());
        if (!settings.user().isEmpty()) {
            database.setUser(settings.user());
            database.setPassword(settings.password());
        }
        return database;
    }

    static HikariDataSource writers(EventStoreSettings settings) {
        HikariConfig config = config(settings, WRITERS, settings.writers());
        config.setAutoCommit(false);
        Duration whole = settings.waitLimit().plus(settings.holdLimit());
        config.addDataSourceProperty("socketTimeout", whole.plusSeconds(5).toSeconds());
        // Waiting for the head row ends by lock_timeout; a holder's own limit begins when it has it (GroupAppender).
        // Keepalives end the transaction of a client whose machine is gone.
        config.setConnectionInitSql("SET lock_timeout = %d; SET transaction_timeout = %d;"
                        .formatted(settings.waitLimit().toMillis(), whole.toMillis())
                + " SET tcp_keepalives_idle = 2; SET tcp_keepalives_interval = 1; SET tcp_keepalives_count = 3");
        return new HikariDataSource(config);
    }

    static HikariDataSource readers(EventStoreSettings settings) {
        HikariConfig config = config(settings, "event-store-readers", settings.readers());
        config.addDataSourceProperty("socketTimeout", 60);
        // Every query here is a few look-ups in an index. Statistics of a table that grows by millions a minute
        // are always old, and one plan that reads it whole would stop everything.
        config.setConnectionInitSql("SET enable_seqscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off;"
                + " SET transaction_timeout = 50000");
        return new HikariDataSource(config);
    }

    private static HikariConfig config(EventStoreSettings settings, String name, int size) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setJdbcUrl(settings.url());
        if (!settings.user().isEmpty()) {
            config.setUsername(settings.user());
            config.setPassword(settings.password());
        }
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(settings.waitLimit().toMillis());
        config.addDataSourceProperty("ApplicationName", name);
        config.addDataSourceProperty("tcpKeepAlive", true);
        config.addDataSourceProperty("connectTimeout", CONNECT.toSeconds());
        return config;
    }
}
