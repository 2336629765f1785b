package io.gamemetrics.infrastructure.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.DriverManager;
import org.junit.jupiter.api.Test;

class TestPostgresTest {

    @Test
    void isAsDurableAsInProduction() throws Exception {
        try (var connection = DriverManager.getConnection(TestPostgres.newDatabase());
                var statement = connection.createStatement();
                var row = statement.executeQuery(
                        "SELECT current_setting('fsync'), current_setting('synchronous_commit')")) {
            row.next();
            assertThat(row.getString(1)).isEqualTo("on");
            assertThat(row.getString(2)).isEqualTo("on");
        }
    }
}
