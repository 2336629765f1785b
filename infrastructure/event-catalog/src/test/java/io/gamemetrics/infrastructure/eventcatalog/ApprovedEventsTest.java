package io.gamemetrics.infrastructure.eventcatalog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each revision of each event has one approved file: an event with everything said, and one with only what it must. */
class ApprovedEventsTest {

    private static final EventCatalog CATALOG = EventCatalog.current();

    static List<EventType> types() {
        return CATALOG.types();
    }

    @ParameterizedTest
    @MethodSource("types")
    void whatIsWrittenNowIsTheApprovedFile(EventType type) {
        StringBuilder written = new StringBuilder();
        for (Object event : ExampleEvents.of(type.payload())) {
            written.append(json(type, event)).append('\n');
        }

        approved(type, type.revision()).requireSame(written.toString());
    }

    @ParameterizedTest
    @MethodSource("types")
    void everyApprovedRevisionIsReadAsTodaysEvent(EventType type) {
        IntStream.rangeClosed(1, type.revision()).forEach(revision -> {
            List<?> read = approved(type, revision)
                    .text()
                    .lines()
                    .map(line -> shape(type).read(revision, StoredJson.read(line.getBytes(UTF_8))))
                    .toList();

            assertThat(read).isEqualTo(ExampleEvents.of(type.payload(), revision));
        });
    }

    private static String json(EventType type, Object event) {
        return new String(StoredJson.write(out -> shape(type).write(event, out)), UTF_8);
    }

    private static Shape<?> shape(EventType type) {
        return requireNonNull(CATALOG.shape(type.number()));
    }

    private static Approved approved(EventType type, int revision) {
        return Approved.of(type.name() + "." + revision + ".json");
    }

    @Test
    void noApprovedFileIsLeftUnread() throws IOException {
        try (Stream<Path> files =
                Files.list(Approved.of("catalog.txt").file().toAbsolutePath().getParent())) {
            List<String> names = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".json"))
                    .toList();
            assertThat(names)
                    .containsExactlyInAnyOrderElementsOf(CATALOG.types().stream()
                            .flatMap(type -> IntStream.rangeClosed(1, type.revision())
                                    .mapToObj(revision -> type.name() + "." + revision + ".json"))
                            .toList());
        }
    }
}
