package io.gamemetrics.queryside.scalars;

import graphql.GraphQLContext;
import graphql.schema.Coercing;
import graphql.schema.CoercingSerializeException;
import java.util.Locale;

/** A whole number as a JSON number, as long as every reader gets it exactly. Only ever answered, never asked with. */
final class CountScalar implements Coercing<Long, Long> {

    private final long max;

    CountScalar(long max) {
        this.max = max;
    }

    @Override
    public Long serialize(Object value, GraphQLContext context, Locale locale) {
        if (value instanceof Number number && number.longValue() >= 0 && number.longValue() <= max) {
            return number.longValue();
        }
        throw new CoercingSerializeException("count must be 0 to " + max);
    }
}
