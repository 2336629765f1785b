package io.gamemetrics.infrastructure.readstore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.infrastructure.testkit.TestPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PostgresScanTest {

    private static final String ANNA = "anna \"o\" neil-1987";
    private static final UUID ID = UUID.randomUUID();
    private static final Needles NEEDLES = Needles.of(List.of(ANNA, ID.toString()));

    @Test
    void aControlIsFoundInEveryColumnThatCouldHoldOne() throws SQLException {
        try (Connection connection = DriverManager.getConnection(TestPostgres.newDatabase())) {
            execute(
                    connection,
                    "CREATE SCHEMA held; CREATE TABLE held.text (plain text, short varchar(99), fixed char(40), words text[],"
                            + " document jsonb, old json, bytes bytea, id uuid, ids uuid[], n bigint, at timestamptz);"
                            + "CREATE TABLE held.\"Odd name\" (\"a column\" text);"
                            + "CREATE TABLE held.parted (day date, word text) PARTITION BY RANGE (day);"
                            + "CREATE TABLE held.parted_2026 PARTITION OF held.parted FOR VALUES FROM ('2026-01-01') TO"
                            + " ('2027-01-01'); CREATE SCHEMA other; CREATE TABLE other.text (plain text)");
            insert(connection, "INSERT INTO held.text (plain) VALUES (?)", ANNA);
            insert(connection, "INSERT INTO held.text (short) VALUES ('x' || ? || 'x')", ANNA);
            insert(connection, "INSERT INTO held.text (fixed) VALUES (?)", ANNA);
            insert(connection, "INSERT INTO held.text (words) VALUES (ARRAY['x', ?])", ANNA);
            insert(connection, "INSERT INTO held.text (document) VALUES (jsonb_build_object('who', ?::text))", ANNA);
            insert(connection, "INSERT INTO held.text (old) VALUES (json_build_object(?::text, 1))", ANNA);
            insert(connection, "INSERT INTO held.text (bytes) VALUES (convert_to('b' || ?, 'UTF8'))", ANNA);
            insert(
                    connection,
                    "INSERT INTO held.text (bytes) VALUES (convert_to(?, 'UTF8'))",
                    Base64.getEncoder().encodeToString(("to:" + ANNA).getBytes(UTF_8)));
            insert(connection, "INSERT INTO held.text (id) VALUES (?::uuid)", ID.toString());
            insert(connection, "INSERT INTO held.text (ids) VALUES (ARRAY[?::uuid])", ID.toString());
            insert(connection, "INSERT INTO held.\"Odd name\" VALUES (?)", ANNA);
            insert(connection, "INSERT INTO held.parted VALUES ('2026-03-04', ?)", ANNA);
            insert(connection, "INSERT INTO other.text VALUES (?)", ANNA);
            PostgresScan scan = new PostgresScan("held");

            List<Hit> hits = scan.scan(connection, NEEDLES);

            Set<String> looked = new TreeSet<>();
            scan.columns(connection)
                    .forEach((table, columns) -> columns.forEach(each -> looked.add(table + "." + each)));
            assertThat(hits.stream().map(Hit::place).collect(Collectors.toSet()))
                    .isEqualTo(looked);
            assertThat(looked).hasSize(11).doesNotContain("text.n", "text.at", "parted.day");
            assertThat(hits).contains(new Hit("held", "text.bytes", 0, 2), new Hit("held", "text.id", 1, 1));
            assertThat(connection.getAutoCommit()).isTrue();
            assertThat(scan.scan(connection, Needles.of(List.of("somebody else"))))
                    .isEmpty();
        }
    }

    private static void insert(Connection connection, String sql, String value) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, value);
            statement.executeUpdate();
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
