package io.gamemetrics.commandside.documents;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is written about the interface covers the interface. */
class ProblemPagesTest {

    private static final Path SOURCES = Path.of("src/main/java");
    private static final Pattern CODE = Pattern.compile("\"([a-z][A-Za-z_]*(?:\\.[a-z][A-Za-z]*){1,2})\"");
    private static final Pattern ROUTE =
            Pattern.compile("@(Get|Post|Put|Patch|Delete)Mapping(?:\\(\\s*(?:path = )?\"([^\"]*)\")?");
    private static final Pattern BASE = Pattern.compile("@RequestMapping\\((?:path = )?\"([^\"]*)\"");

    @Test
    void everyCodeOfTheSourcesHasAPage() throws IOException {
        ProblemPages pages = new ProblemPages();
        Set<String> codes = new TreeSet<>();
        for (String file : new String[] {
            "player",
            "ingestion/EventReader",
            "ingestion/IngestProblem",
            "game/GameProblem",
            "moderation",
            "rejected/RejectedProblem",
            "datasubject/SubjectProblem",
            "rejected/EventPatch",
            "rejected/Resubmission"
        }) {
            for (String source : sources(file)) {
                CODE.matcher(source).results().map(found -> found.group(1)).forEach(codes::add);
            }
        }
        assertThat(codes).hasSizeGreaterThan(18);
        assertThat(codes)
                .allSatisfy(code -> assertThat(pages.find(code)).as(code).isNotNull());
        assertThat(pages.find("purchase.currency.unknown")).isNotNull();
        assertThat(pages.find("no.such.code")).isNull();
    }

    @Test
    void everyRouteIsInTheOpenApiDocument() throws IOException {
        JsonNode paths = new DocumentsRestApi().openApi().path("paths");
        int routes = 0;
        for (String source : sources("")) {
            Matcher base = BASE.matcher(source);
            if (!base.find()) {
                continue;
            }
            for (Matcher route = ROUTE.matcher(source); route.find(); routes++) {
                String path = base.group(1) + (route.group(2) == null ? "" : route.group(2));
                String method = route.group(1).toLowerCase(java.util.Locale.ROOT);
                assertThat(paths.path(path).has(method)).as(method + " " + path).isTrue();
            }
        }
        assertThat(routes).isGreaterThan(14);
    }

    @Test
    void everyReferenceWithinTheOpenApiDocumentLeadsSomewhere() throws IOException {
        JsonNode document = new DocumentsRestApi().openApi();
        assertThat(document.path("openapi").textValue()).startsWith("3.1");
        document.findValuesAsText("$ref").stream()
                .filter(ref -> ref.startsWith("#"))
                .forEach(ref -> assertThat(document.at(ref.substring(1)).isMissingNode())
                        .as(ref)
                        .isFalse());
        assertThat(new ObjectMapper()
                        .readTree(new DocumentsRestApi().events().toString())
                        .path("oneOf"))
                .hasSize(14);
    }

    private static Iterable<String> sources(String folder) throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file ->
                            file.toString().endsWith(".java") && file.toString().contains("commandside/" + folder))
                    .map(ProblemPagesTest::read)
                    .toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
