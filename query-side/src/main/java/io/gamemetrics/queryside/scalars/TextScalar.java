package io.gamemetrics.queryside.scalars;

import graphql.GraphQLContext;
import graphql.execution.CoercedVariables;
import graphql.language.StringValue;
import graphql.language.Value;
import graphql.schema.Coercing;
import graphql.schema.CoercingParseLiteralException;
import graphql.schema.CoercingParseValueException;
import graphql.schema.CoercingSerializeException;
import java.time.DateTimeException;
import java.util.Locale;
import java.util.function.Function;

/** A value that is a string in JSON. What can't be read is named by its rule, never repeated. */
final class TextScalar<T> implements Coercing<T, String> {

    private static final int MAX_LENGTH = 64;

    private final Class<T> type;
    private final String rule;
    private final Function<String, T> reader;
    private final Function<T, String> writer;

    TextScalar(Class<T> type, String rule, Function<String, T> reader, Function<T, String> writer) {
        this.type = type;
        this.rule = rule;
        this.reader = reader;
        this.writer = writer;
    }

    @Override
    public String serialize(Object value, GraphQLContext context, Locale locale) {
        if (!type.isInstance(value)) {
            throw new CoercingSerializeException(
                    "expected " + type.getSimpleName() + ": " + value.getClass().getSimpleName());
        }
        return writer.apply(type.cast(value));
    }

    @Override
    public T parseValue(Object input, GraphQLContext context, Locale locale) {
        if (input instanceof String text && text.length() <= MAX_LENGTH) {
            try {
                return reader.apply(text);
            } catch (DateTimeException | IllegalArgumentException e) {
                throw new CoercingParseValueException("must be " + rule, e);
            }
        }
        throw new CoercingParseValueException("must be " + rule);
    }

    @Override
    public T parseLiteral(Value<?> input, CoercedVariables variables, GraphQLContext context, Locale locale) {
        if (input instanceof StringValue text) {
            try {
                return parseValue(text.getValue(), context, locale);
            } catch (CoercingParseValueException e) {
                throw new CoercingParseLiteralException("must be " + rule, e);
            }
        }
        throw new CoercingParseLiteralException("must be " + rule);
    }

    @Override
    public Value<?> valueToLiteral(Object input, GraphQLContext context, Locale locale) {
        return StringValue.of(input instanceof String text ? text : serialize(input, context, locale));
    }
}
