package io.gamemetrics.commandside.ingestion;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.gamemetrics.infrastructure.web.Refusal;
import io.gamemetrics.infrastructure.web.RequestProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The events of one request's body, read once from front to back. What is not JSON ends the request with the place where
 * it stops being JSON; what is JSON and no event is a refusal of that event alone.
 */
final class EventBatch {

    static final int MAX_EVENTS = 10_000;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(32)
                    .maxNumberLength(100)
                    .build())
            .build();

    private final byte[] body;
    private final List<ReadEvent> events = new ArrayList<>();

    /** Where each event begins and ends in the body, to keep a refused one as it was sent. */
    private int[] bounds = new int[64];

    private EventBatch(byte[] body) {
        this.body = body;
    }

    /**
     * Reads {@code [event, …]} or {@code {"events":[event, …]}}.
     *
     * @throws Refusal when the body is neither, or holds too many
     */
    static EventBatch ofJson(byte[] body) {
        EventBatch batch = new EventBatch(body);
        try (JsonParser parser = JSON.createParser(body)) {
            JsonToken first = parser.nextToken();
            if (first == JsonToken.START_OBJECT) {
                batch.readWrapped(parser);
            } else if (first == JsonToken.START_ARRAY) {
                batch.readArray(parser);
            } else {
                throw notAList(parser);
            }
            if (parser.nextToken() != null) {
                throw notAList(parser);
            }
        } catch (JsonProcessingException e) {
            throw malformed(e, 0, batch.events.size());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return batch;
    }

    /**
     * Reads one event a line.
     *
     * @throws Refusal when a line is not JSON, or there are too many
     */
    static EventBatch ofLines(byte[] body) {
        EventBatch batch = new EventBatch(body);
        int lineNumber = 0;
        for (int from = 0; from < body.length; lineNumber++) {
            int to = from;
            while (to < body.length && body[to] != '\n') {
                to++;
            }
            batch.readLine(from, to, lineNumber);
            from = to + 1;
        }
        return batch;
    }

    /**
     * Reads one event from each of these documents.
     *
     * @throws Refusal when one of them is not JSON, or there are too many
     */
    static EventBatch ofDocuments(List<byte[]> documents) {
        int length = documents.stream().mapToInt(document -> document.length).sum();
        EventBatch batch = new EventBatch(new byte[length]);
        int from = 0;
        for (byte[] document : documents) {
            System.arraycopy(document, 0, batch.body, from, document.length);
            batch.readLine(from, from + document.length, batch.events.size());
            from += document.length;
        }
        return batch;
    }

    List<ReadEvent> events() {
        return events;
    }

    /** An event's bytes as they were sent. */
    byte[] sent(int index) {
        return Arrays.copyOfRange(body, bounds[2 * index], bounds[2 * index + 1]);
    }

    private void readWrapped(JsonParser parser) throws IOException {
        if (parser.nextToken() != JsonToken.FIELD_NAME
                || !"events".equals(parser.currentName())
                || parser.nextToken() != JsonToken.START_ARRAY) {
            throw notAList(parser);
        }
        readArray(parser);
        if (parser.nextToken() != JsonToken.END_OBJECT) {
            throw notAList(parser);
        }
    }

    private void readArray(JsonParser parser) throws IOException {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            readEvent(parser, 0);
        }
    }

    private void readLine(int from, int to, int lineNumber) {
        try (JsonParser parser = JSON.createParser(body, from, to - from)) {
            if (parser.nextToken() == null) {
                return;
            }
            // Offsets count from the beginning of what the parser was given: the line.
            readEvent(parser, from);
            if (parser.nextToken() != null) {
                throw new Refusal(RequestProblem.BODY_MALFORMED, "A line holds more than one value.")
                        .with("line", lineNumber + 1)
                        .with("index", events.size() - 1);
            }
        } catch (JsonProcessingException e) {
            throw malformed(e, lineNumber, events.size());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void readEvent(JsonParser parser, int base) throws IOException {
        int index = events.size();
        if (index == MAX_EVENTS) {
            throw new Refusal(IngestProblem.EVENTS_TOO_MANY).with("maxEvents", MAX_EVENTS);
        }
        int from = base + (int) parser.currentTokenLocation().getByteOffset();
        JsonFields fields = null;
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            fields = readFields(parser);
        } else {
            parser.skipChildren();
            // A number or a text is read only when it is asked for.
            parser.finishToken();
        }
        int to = base + (int) parser.currentLocation().getByteOffset();
        bounds = index * 2 == bounds.length ? Arrays.copyOf(bounds, bounds.length * 2) : bounds;
        bounds[2 * index] = from;
        bounds[2 * index + 1] = to;
        if (fields == null) {
            events.add(EventReader.notAnObject(index));
        } else if (to - from > EventReader.MAX_EVENT_BYTES) {
            events.add(EventReader.tooLarge(index, to - from));
        } else {
            events.add(EventReader.read(index, fields));
        }
    }

    private static JsonFields readFields(JsonParser parser) throws IOException {
        JsonFields fields = new JsonFields();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            fields.put(name, readValue(parser));
        }
        return fields;
    }

    private static @Nullable Object readValue(JsonParser parser) throws IOException {
        JsonToken token = parser.nextToken();
        if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        return token == JsonToken.START_OBJECT ? readNested(parser) : readScalar(parser, token);
    }

    private static JsonFields.Nested readNested(JsonParser parser) throws IOException {
        Map<String, Object> entries = new HashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            entries.put(name, readScalar(parser, parser.nextToken()));
        }
        return new JsonFields.Nested(entries);
    }

    private static Object readScalar(JsonParser parser, JsonToken token) throws IOException {
        return switch (token) {
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT -> parser.getNumberValue();
            case VALUE_NUMBER_FLOAT -> parser.getDecimalValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> {
                parser.skipChildren();
                yield JsonFields.DEEPER;
            }
        };
    }

    private static Refusal notAList(JsonParser parser) {
        return new Refusal(IngestProblem.EVENTS_NOT_A_LIST)
                .with("line", parser.currentTokenLocation().getLineNr())
                .with("column", parser.currentTokenLocation().getColumnNr());
    }

    /** Jackson's own message repeats what was sent, so only the place is told. */
    private static Refusal malformed(JsonProcessingException e, int linesBefore, int index) {
        Refusal refusal = new Refusal(RequestProblem.BODY_MALFORMED);
        if (e.getLocation() != null) {
            refusal = refusal.with("line", e.getLocation().getLineNr() + linesBefore)
                    .with("column", e.getLocation().getColumnNr());
        }
        return refusal.with("index", index);
    }
}
