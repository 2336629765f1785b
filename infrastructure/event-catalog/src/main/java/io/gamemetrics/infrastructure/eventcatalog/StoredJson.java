package io.gamemetrics.infrastructure.eventcatalog;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.function.Consumer;

/** Compact JSON, exact to the last digit and character. Safe for concurrent use. */
final class StoredJson {

    /** No number in an event that was accepted is longer than the event. */
    private static final int MOST_DIGITS = 1 << 20;

    // Surrogates are escaped, so that half of a pair, which UTF-8 can't hold, comes back as it was sent.
    private static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .highestNonEscapedChar(0xD7FF)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNumberLength(MOST_DIGITS).build())
            .build();

    private static final ObjectReader READER = JsonMapper.builder(FACTORY)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build()
            .readerFor(ObjectNode.class);

    private StoredJson() {}

    /** One object with the fields that are written to it. */
    static byte[] write(Consumer<FieldWriter> fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
            json.writeStartObject();
            fields.accept(new FieldWriter(json));
            json.writeEndObject();
        } catch (IOException e) {
            throw new IllegalStateException(
                    "an event could not be written: " + e.getClass().getSimpleName());
        }
        return bytes.toByteArray();
    }

    /**
     * @throws MisshapenException when the bytes are not one JSON object
     */
    static ObjectNode read(byte[] bytes) {
        try {
            return READER.readValue(bytes);
        } catch (IOException e) {
            throw new MisshapenException("json");
        }
    }
}
