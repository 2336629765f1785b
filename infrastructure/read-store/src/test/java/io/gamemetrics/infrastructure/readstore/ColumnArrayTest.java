package io.gamemetrics.infrastructure.readstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamemetrics.infrastructure.testkit.TestPostgres;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.jdbc.PgArray;

class ColumnArrayTest {

    private Connection connection;

    @BeforeEach
    void connect() throws SQLException {
        connection = DriverManager.getConnection(TestPostgres.newDatabase());
        try (PreparedStatement zone = connection.prepareStatement("SET TIME ZONE 'UTC'")) {
            zone.execute();
        }
    }

    @AfterEach
    void disconnect() throws SQLException {
        connection.close();
    }

    @Test
    void numbers_and_texts_arrive_as_they_are() throws SQLException {
        assertThat(read("int2", (short) -3, null, Short.MAX_VALUE)).containsExactly("-3", null, "32767");
        assertThat(read("int4", 7, null)).containsExactly("7", null);
        assertThat(read("int8", Long.MIN_VALUE, null)).containsExactly("-9223372036854775808", null);
        assertThat(read("text", "a \"b\", {c}", "", "NULL", null, "дом"))
                .containsExactly("a \"b\", {c}", "", "NULL", null, "дом");
        assertThat(read("bytea", "ab".getBytes(StandardCharsets.UTF_8), null)).containsExactly("\\x6162", null);
    }

    @Test
    void uuids_arrive_as_they_are() throws SQLException {
        UUID one = UUID.fromString("00000000-0000-0001-8000-0000000000ff");
        UUID other = UUID.fromString("ffffffff-ffff-4fff-bfff-fffffffffffe");

        assertThat(read("uuid", one, null, other)).containsExactly(one.toString(), null, other.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-01-02T03:04:05.678Z",
                "2000-01-01T00:00:00Z",
                "1999-12-31T23:59:59.999999Z",
                "1970-01-01T00:00:00.001Z",
                "0001-01-01T00:00:00Z",
                "9999-12-31T23:59:59.999Z"
            })
    void moments_arrive_as_their_text_does(String text) throws SQLException {
        Instant at = Instant.parse(text);

        assertThat(read("timestamptz", at, null)).isEqualTo(readAsText("timestamptz", at.toString(), null));
    }

    @Test
    void of_a_moment_what_is_below_a_microsecond_is_left_out() throws SQLException {
        assertThat(read("timestamptz", Instant.parse("1999-12-31T23:59:59.123456999Z")))
                .containsExactly("1999-12-31 23:59:59.123456+00");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "1",
                "-1",
                "0.5",
                "-0.000001",
                "1.10",
                "9999",
                "10000",
                "1E+20",
                "9223372036854775808",
                "123456789012345678901234567890.0123456789",
                "0.00000000000000000000000000000000000001"
            })
    void decimals_arrive_as_their_text_does(String text) throws SQLException {
        BigDecimal value = new BigDecimal(text);

        assertThat(read("numeric", value, null)).isEqualTo(readAsText("numeric", value.toPlainString(), null));
    }

    @Test
    void whole_numbers_of_any_size_are_numeric() throws SQLException {
        BigInteger huge = BigInteger.TEN.pow(60).add(BigInteger.ONE);

        assertThat(read("numeric", huge, 12L, null)).containsExactly(huge.toString(), "12", null);
    }

    @Test
    void other_types_arrive_by_their_text() throws SQLException {
        assertThat(read("date", "2026-02-03", null)).containsExactly("2026-02-03", null);
        assertThat(read("bool", true, null)).containsExactly("true", null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"int4", "text", "uuid", "timestamptz", "numeric"})
    void no_rows_are_an_empty_array(String type) throws SQLException {
        assertThat(read(type)).isEmpty();
    }

    @Test
    void what_is_said_to_be_quick_is_in_binary() throws SQLException {
        for (Array array : List.of(
                ColumnArray.of(connection, "int4", List.of(1)),
                ColumnArray.of(connection, "int8", List.of(1L)),
                ColumnArray.of(connection, "text", List.of("a")),
                ColumnArray.of(connection, "uuid", List.of(new UUID(1, 2))),
                ColumnArray.of(connection, "timestamptz", List.of(Instant.EPOCH)),
                ColumnArray.of(connection, "numeric", List.of(BigDecimal.ONE)))) {
            assertThat(((PgArray) array).isBinary()).isTrue();
        }
    }

    @Test
    void a_moment_past_all_of_a_longs_microseconds_is_refused() {
        assertThatThrownBy(() -> ColumnArray.of(connection, "timestamptz", List.of(Instant.MAX)))
                .isInstanceOf(ArithmeticException.class);
    }

    private List<@Nullable String> read(String type, @Nullable Object... values) throws SQLException {
        return read(type, ColumnArray.of(connection, type, Arrays.asList(values)));
    }

    private List<@Nullable String> readAsText(String type, @Nullable Object... values) throws SQLException {
        return read(type, connection.createArrayOf(type, values));
    }

    private List<@Nullable String> read(String type, Array array) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT (?::" + type + "[])::text[]")) {
            select.setArray(1, array);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return Arrays.asList((String[]) row.getArray(1).getArray());
            }
        }
    }
}
