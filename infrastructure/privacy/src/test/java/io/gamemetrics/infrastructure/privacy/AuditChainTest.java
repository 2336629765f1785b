package io.gamemetrics.infrastructure.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.gamemetrics.infrastructure.privacy.AuditChain.Verified;
import io.gamemetrics.infrastructure.testkit.TestPostgres;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditChainTest {

    @TempDir
    Path folder;

    private final HikariDataSource database = new HikariDataSource();
    private final UUID request = UUID.randomUUID();
    private AuditChain chain;

    @BeforeEach
    void open() {
        database.setJdbcUrl(TestPostgres.newDatabase());
        database.setMaximumPoolSize(4);
        chain = another();
    }

    @AfterEach
    void close() {
        database.close();
    }

    private AuditChain another() {
        return PostgresVault.open(database, KeyDirectory.at(folder.resolve("keys")))
                .audit();
    }

    @Test
    void entriesFollowFromEachOther() {
        assertThat(chain.head().entries()).isZero();
        assertThat(chain.verify().intact()).isTrue();

        chain.append("request.received", request, null, "anna@example.org");
        AuditChain.Head head = another().append("subject.purged", request, 7, "anna@example.org");

        assertThat(head.entries()).isEqualTo(2);
        assertThat(chain.head()).isEqualTo(head);
        assertThat(chain.verify()).isEqualTo(new Verified(2, head.hash(), null));
    }

    @Test
    void replicasThatWriteAtOnceMakeOneChain() throws Exception {
        List<AuditChain> replicas = List.of(another(), another(), another());
        try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
            List<Future<?>> done = new ArrayList<>();
            for (AuditChain replica : replicas) {
                done.add(threads.submit(() -> {
                    for (int i = 0; i < 30; i++) {
                        replica.append("request.read", null, null, "somebody");
                    }
                }));
            }
            for (Future<?> one : done) {
                one.get();
            }
        }
        assertThat(chain.verify()).isEqualTo(new Verified(90, chain.head().hash(), null));
    }

    @Test
    void nobodyIsNamedAndNothingIsChangedBySql() throws Exception {
        chain.append("request.received", request, null, "anna@example.org");

        assertThatThrownBy(() -> execute("UPDATE audit_chain SET action = 'nothing'"))
                .hasMessageContaining("append-only");
        assertThatThrownBy(() -> execute("DELETE FROM audit_chain")).hasMessageContaining("append-only");
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT audit_chain::text FROM audit_chain")) {
            row.next();
            assertThat(row.getString(1)).doesNotContain("anna");
        }
        assertThatThrownBy(() -> chain.append("Anna did it", request, null, "x"))
                .isInstanceOf(VaultUnavailableException.class);
    }

    @Test
    void whateverIsChangedBehindItsBackIsFound() throws Exception {
        for (int i = 0; i < 5; i++) {
            chain.append("request.read", request, i, "somebody");
        }
        execute("ALTER TABLE audit_chain DISABLE TRIGGER append_only");
        AuditChain.Head head = chain.head();
        for (String change : List.of(
                "UPDATE audit_chain SET action = 'request.reaf' WHERE number = 3",
                "UPDATE audit_chain SET subject = NULL WHERE number = 3",
                "UPDATE audit_chain SET at = at + interval '1 microsecond' WHERE number = 3",
                "UPDATE audit_chain SET actor = set_byte(actor, 0, get_byte(actor, 0) # 1) WHERE number = 3",
                "UPDATE audit_chain SET hash = set_byte(hash, 9, get_byte(hash, 9) # 1) WHERE number = 3",
                "DELETE FROM audit_chain WHERE number = 3")) {
            execute("CREATE TABLE chain_before AS SELECT * FROM audit_chain");
            execute(change);
            assertThat(chain.verify().brokenAt()).as(change).isEqualTo(3L);
            execute("DELETE FROM audit_chain");
            execute("INSERT INTO audit_chain SELECT * FROM chain_before");
            execute("DROP TABLE chain_before");
            assertThat(chain.verify()).isEqualTo(new Verified(5, head.hash(), null));
        }
        execute("DELETE FROM audit_chain WHERE number = 5");
        assertThat(chain.verify()).as("who kept the head can tell").isNotEqualTo(new Verified(5, head.hash(), null));
    }

    private void execute(String sql) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
