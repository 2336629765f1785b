package io.gamemetrics.infrastructure.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamemetrics.infrastructure.eventstore.EventStoreSettings.UnsafeDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DatabaseCheckTest {

    @Test
    void aDatabaseThatAnswersBeforeDataIsOnDiskIsRefusedWithOneSentence() throws Exception {
        EventStoreSettings settings = TestStores.newDatabase();
        try (Connection connection = DriverManager.getConnection(settings.url());
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER DATABASE " + connection.getCatalog() + " SET synchronous_commit = off");
        }

        assertThatThrownBy(() -> PostgresEventStore.open(settings))
                .isInstanceOf(EventStoreException.class)
                .hasMessageContaining("synchronous_commit=off")
                .hasMessageEndingWith("turn both on");
        EventStoreSettings warned = new EventStoreSettings(
                settings.url(), "", "", 1, 1, Duration.ofSeconds(1), Duration.ofSeconds(5), UnsafeDatabase.WARN);
        assertThatCode(() -> PostgresEventStore.open(warned).close()).doesNotThrowAnyException();
    }

    @Test
    void fsyncOffIsRefused() {
        assertThatThrownBy(() -> DatabaseCheck.requireDurable("off", "on", UnsafeDatabase.REFUSE))
                .hasMessageContaining("fsync=off");
        assertThatCode(() -> DatabaseCheck.requireDurable("on", "remote_apply", UnsafeDatabase.REFUSE))
                .doesNotThrowAnyException();
    }

    @Test
    void anOlderPostgresIsRefusedByItsVersion() {
        assertThatThrownBy(() -> DatabaseCheck.requireVersion(160_009))
                .isInstanceOf(EventStoreException.class)
                .hasMessage("the event store needs PostgreSQL 17 or newer, and this database is PostgreSQL 16:"
                        + " give it a newer one with GAMEMETRICS_POSTGRES_URL");
        assertThatCode(() -> DatabaseCheck.requireVersion(170_000)).doesNotThrowAnyException();
    }

    @Test
    void aDatabaseThatIsNotThereIsOneSentence() {
        EventStoreSettings nowhere = EventStoreSettings.of("jdbc:postgresql://127.0.0.1:1/none", "nobody", "secret");

        assertThatThrownBy(() -> PostgresEventStore.open(nowhere))
                .isInstanceOf(EventStoreException.class)
                .hasMessageContaining("cannot be reached")
                .hasMessageNotContaining("secret");
        assertThat(nowhere.toString()).doesNotContain("secret").doesNotContain("nobody");
    }

    @Test
    void aStoreIsOpenedAgainWithItsEventsAndItsIncarnation() {
        EventStoreSettings settings = TestStores.newDatabase();
        try (EventStore first = PostgresEventStore.open(settings)) {
            first.append(TestStores.group(UUID.randomUUID(), 0, 3));
            try (EventStore second = PostgresEventStore.open(settings)) {
                assertThat(second.position()).isEqualTo(first.position());
            }
        }
    }
}
