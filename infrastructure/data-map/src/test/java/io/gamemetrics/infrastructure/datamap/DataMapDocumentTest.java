package io.gamemetrics.infrastructure.datamap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The document is the map; {@code make data-map} writes it. */
class DataMapDocumentTest {

    private static final Path DOCUMENT = Path.of("../../docs/reference/data-map.md");

    @Test
    void theDocumentIsMadeOfTheMap() throws IOException {
        String made = DataMapDocument.of(DataMap.current());
        if (Boolean.getBoolean("write")) {
            Files.createDirectories(DOCUMENT.getParent());
            Files.writeString(DOCUMENT, made);
        }
        assertThat(Files.exists(DOCUMENT) ? Files.readString(DOCUMENT) : "")
                .as("docs/reference/data-map.md is not what the data map says: run make data-map")
                .isEqualTo(made);
    }
}
