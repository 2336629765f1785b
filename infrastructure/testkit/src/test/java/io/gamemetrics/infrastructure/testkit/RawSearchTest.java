package io.gamemetrics.infrastructure.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RawSearchTest {

    private static final String NEEDLE = "Ännä \"O'Neil\" <anna@example.org>";

    @TempDir
    Path folder;

    @Test
    void findsATextInEveryForm() throws Exception {
        Files.writeString(folder.resolve("plain"), "xx" + NEEDLE + "xx");
        Files.writeString(folder.resolve("json"), "{\"n\":\"\\u00c4nn\\u00e4 \\\"O'Neil\\\" <anna@example.org>\"}");
        for (int before = 0; before < 6; before++) {
            Files.writeString(folder.resolve("base64-" + before), base64("x".repeat(before) + NEEDLE + "yy"));
        }
        Files.createDirectories(folder.resolve("a/b"));
        Files.writeString(folder.resolve("a/b/other"), "nobody@example.org");

        List<Path> found = hits();

        assertThat(found.stream().map(file -> file.getFileName().toString()))
                .containsExactlyInAnyOrder(
                        "plain", "json", "base64-0", "base64-1", "base64-2", "base64-3", "base64-4", "base64-5");
    }

    @Test
    void findsATextWhereverTheFileIsCutForReading() throws Exception {
        int chunk = 1 << 22;
        for (int before : new int[] {0, chunk - 40, chunk - 10, chunk - 1, chunk, 2 * chunk - 20}) {
            Path file = folder.resolve("f");
            Files.writeString(file, "x".repeat(before) + NEEDLE + "tail");
            assertThat(hits()).as("after %d bytes", before).containsExactly(file);
        }
    }

    @Test
    void findsNothingWhereNothingIs() throws Exception {
        Files.writeString(folder.resolve("f"), NEEDLE.substring(1) + NEEDLE.substring(0, NEEDLE.length() - 1));

        assertThat(hits()).isEmpty();
    }

    private List<Path> hits() {
        return RawSearch.forTexts(NEEDLE).below(folder).getOrDefault(NEEDLE, List.of());
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }
}
