package io.gamemetrics.queryside.scalars;

import graphql.schema.GraphQLScalarType;
import io.gamemetrics.queryside.leaderboard.WantedPeriod;
import io.gamemetrics.sharedkernel.ids.Position;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;

/** How small values look in GraphQL: what does not fit a JSON number safely is a string. */
public final class Scalars {

    /** Up to here every whole number is exact in a JSON reader that works with doubles. */
    private static final long MAX_SAFE_INTEGER = (1L << 53) - 1;

    private Scalars() {}

    /** All of them. */
    public static List<GraphQLScalarType> all() {
        return List.of(
                scalar("Date", new TextScalar<>(LocalDate.class, "yyyy-MM-dd", LocalDate::parse, LocalDate::toString)),
                scalar(
                        "DateTime",
                        new TextScalar<>(
                                Instant.class,
                                "like 2026-11-22T10:15:30Z",
                                text -> OffsetDateTime.parse(text).toInstant(),
                                Instant::toString)),
                scalar(
                        "Duration",
                        new TextScalar<>(Duration.class, "like P7D or PT36H", Duration::parse, Duration::toString)),
                scalar(
                        "Micros",
                        new TextScalar<>(
                                BigInteger.class, "a whole number in a string", BigInteger::new, BigInteger::toString)),
                scalar(
                        "Position",
                        new TextScalar<>(
                                Position.class, "a position as it was given", Position::parse, Position::toString)),
                scalar(
                        "Decimal",
                        new TextScalar<>(
                                BigDecimal.class, "a number in a string", BigDecimal::new, BigDecimal::toPlainString)),
                scalar(
                        "Score",
                        new TextScalar<>(Long.class, "a whole number in a string", Long::valueOf, String::valueOf)),
                scalar(
                        "Period",
                        new TextScalar<>(
                                WantedPeriod.class,
                                "like ALL_TIME, DAILY, 2026-11-22, 2026-W47 or 2026-11",
                                WantedPeriod::parse,
                                WantedPeriod::toString)),
                scalar("Count", new CountScalar(MAX_SAFE_INTEGER)));
    }

    private static GraphQLScalarType scalar(String name, graphql.schema.Coercing<?, ?> coercing) {
        return GraphQLScalarType.newScalar()
                .name(name)
                .coercing(Objects.requireNonNull(coercing))
                .build();
    }
}
