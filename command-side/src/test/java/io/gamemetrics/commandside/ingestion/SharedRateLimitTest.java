package io.gamemetrics.commandside.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.infrastructure.eventstore.Allowances;
import io.gamemetrics.infrastructure.eventstore.EventStore;
import io.gamemetrics.infrastructure.eventstore.EventStoreSettings;
import io.gamemetrics.infrastructure.eventstore.PostgresEventStore;
import io.gamemetrics.infrastructure.testkit.TestPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One limit over several replicas, on a real PostgreSQL. */
class SharedRateLimitTest {

    private EventStore store;
    private Allowances allowances;
    private Connection locking;
    private Statement lock;

    @BeforeEach
    void open() throws SQLException {
        String database = TestPostgres.newDatabase();
        store = PostgresEventStore.open(EventStoreSettings.of(
                database, TestPostgres.server().user(), TestPostgres.server().password()));
        allowances = store.allowances();
        locking = DriverManager.getConnection(database);
        locking.setAutoCommit(false);
        lock = locking.createStatement();
    }

    @AfterEach
    void close() throws SQLException {
        locking.close();
        store.close();
    }

    @Test
    void twoReplicasTogetherLetThroughOneBurstAndOneRate() {
        GameAllowance one = new GameAllowance(allowances, 1, 100, 100);
        GameAllowance other = new GameAllowance(allowances, 1, 100, 100);
        long began = System.nanoTime();
        long through = 0;
        double seconds;
        do {
            through += one.take(1).granted() ? 1 : 0;
            through += other.take(2).granted() ? 2 : 0;
            seconds = (double) (System.nanoTime() - began) / 1e9;
        } while (seconds < 1.5);
        // Each may hold what it took in advance; a little time passes before the first and after the last look.
        assertThat((double) through)
                .isLessThanOrEqualTo(100 + 100 * (seconds + 0.1))
                .isGreaterThanOrEqualTo(100 + 100 * (seconds - 0.1) - 2 * 25);
    }

    @Test
    void whatWasTakenInAdvanceIsHandedOutWithoutAsking() throws Exception {
        GameAllowance game = new GameAllowance(allowances, 2, 1_000, 1_000);
        game.take(1);
        // Nobody can ask while the row is locked.
        lock.execute("SELECT 1 FROM allowance WHERE tenant = 2 FOR UPDATE");
        for (int i = 0; i < 250; i++) {
            assertThat(game.take(1).granted()).isTrue();
        }
        locking.rollback();
    }

    @Test
    void aRefusalIsRememberedUntilItCanChange() throws Exception {
        AtomicLong nanos = new AtomicLong();
        GameAllowance game = new GameAllowance(allowances, 3, 1, 1_000, nanos::get);
        assertThat(game.take(1_000).granted()).isTrue();
        assertThat(game.take(500).granted()).isFalse();
        lock.execute("SELECT 1 FROM allowance WHERE tenant = 3 FOR UPDATE");
        for (int i = 0; i < 1_000; i++) {
            assertThat(game.take(500 + i).granted()).isFalse();
        }
        locking.rollback();
        // By then somebody may have paid it all: it is asked again.
        nanos.addAndGet(1_000_000_000_000L);
        allowances.take(3, 1e12, 1_000, 1, 0);
        assertThat(game.take(500).granted()).isTrue();
    }

    @Test
    void aRefusalTellsWhenToComeAgainAndALargeAmountIsPaidFor() {
        GameAllowance game = new GameAllowance(allowances, 5, 1, 10);
        assertThat(game.take(10).granted()).isTrue();
        assertThat(game.take(5).waitSeconds()).isBetween(4L, 5L);
        assertThat(game.take(0).granted()).isTrue();

        GameAllowance large = new GameAllowance(allowances, 4, 1, 10);
        assertThat(large.take(100).granted()).isTrue();
        assertThat(large.take(0).granted()).isFalse();
        assertThat(large.take(1).waitSeconds()).isBetween(90L, 91L);
    }
}
