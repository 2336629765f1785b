package io.gamemetrics.infrastructure.backups;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.infrastructure.privacy.UnfinishedRestores;
import io.gamemetrics.infrastructure.privacy.UnfinishedRestores.Step;
import io.gamemetrics.infrastructure.privacy.Vault.Standing;
import io.gamemetrics.sharedkernel.ids.PlayerId;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** Stores of two players for each test, and what is done with backups of them. */
abstract class PlayedStores {

    static final CopyWatcher NOBODY = (table, bytes, expected) -> {};

    static final Restores.Before NOTHING = () -> {};

    @TempDir
    Path folder;

    @TempDir
    static Path first;

    static Stores played;
    static UUID anna;
    static UUID bert;

    Stores stores;

    @BeforeAll
    static void play() {
        played = new Stores(first.resolve("keys"));
        anna = played.play("anna", 0);
        bert = played.play("bert", 0);
    }

    @BeforeEach
    void copy() throws Exception {
        stores = played.copy(folder.resolve("keys"));
    }

    Backups backups(Clock clock) {
        return new Backups(stores.keys(), clock, NOBODY);
    }

    Restores restores(Clock clock) {
        return new Restores(stores.keys(), stores.ledger(), clock, NOBODY);
    }

    static Clock later(Duration by) {
        return Clock.fixed(Instant.now().plus(by), ZoneOffset.UTC);
    }

    Path eventsBackup() {
        return backups(Clock.systemUTC())
                .events(stores.events(), stores.vaultDatabase(), folder.resolve("events"))
                .folder();
    }

    Path vaultBackup() {
        return backups(Clock.systemUTC())
                .vault(stores.vaultDatabase(), folder.resolve("vault"), Backups.VAULT_LIFE, "tester")
                .folder();
    }

    void restoreEvents(Path backup) {
        PGSimpleDataSource empty = stores.emptyEvents();
        restores(Clock.systemUTC()).events(backup, empty, stores.vaultDatabase(), false, "tester");
        new UnfinishedRestores(stores.vaultDatabase()).end(Step.RECONCILIATION);
    }

    void assertRefused(String player) {
        PlayerId id = new PlayerId(player);
        assertThat(stores.vault().standings(stores.game(), List.of(id)).get(id)).isInstanceOf(Standing.Erased.class);
    }

    static long number(DataSource database, String query) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                var row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }
}
