package io.gamemetrics.infrastructure.architecturetests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the documents say about the repository is true of it. */
class DocumentsTest {

    private static final Pattern VARIABLE = Pattern.compile("GAMEMETRICS_[A-Z_]*[A-Z]");

    /** Read by tests and scripts to stand in for something; nobody sets them to run the platform. */
    private static final Set<String> OF_TESTS = Set.of("GAMEMETRICS_JDK_ROOT", "GAMEMETRICS_CHROMIUM");

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        assertThat(Links.leadingNowhere(Repository.here())).isEmpty();
    }

    @Test
    void aLinkToAMissingFileHeadingOrMethodIsCaught(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("Purchase.java"), "record Purchase(long micros) {}");
        Files.writeString(folder.resolve("other.md"), "# A heading, and more\n");
        Files.writeString(folder.resolve("walk.md"), """
                [a file](Purchase.java) [a word of it](Purchase.java#micros) [a heading](other.md#a-heading-and-more)
                [no file](Refund.java) [no word](Purchase.java#cents) [no heading](other.md#another)
                [elsewhere](https://example.org/x)
                """);

        assertThat(Links.leadingNowhere(new Repository(folder)))
                .containsExactly("walk.md: Refund.java", "walk.md: Purchase.java#cents", "walk.md: other.md#another");
    }

    @Test
    void everyVariableOfTheEnvironmentIsDescribedAndEveryDescribedOneExists() throws IOException {
        Repository repository = Repository.here();
        Set<String> read = new TreeSet<>();
        for (String ending : List.of(".java", ".yaml", ".yml", ".sh", "Makefile")) {
            for (Path file : repository.files(ending)) {
                if (!file.toString().contains("src/test")) {
                    read.addAll(variables(repository.read(file)));
                }
            }
        }
        read.removeAll(OF_TESTS);
        Set<String> described = variables(repository.read(Path.of("docs/operating/configuration.md")));

        // A database's three variables are made from one prefix.
        for (String prefix : Set.copyOf(read)) {
            List<String> made =
                    Stream.of("_URL", "_USER", "_PASSWORD").map(prefix::concat).toList();
            if (described.containsAll(made)) {
                read.remove(prefix);
                read.addAll(made);
            }
        }
        assertThat(described).isEqualTo(read);
    }

    private static Set<String> variables(String text) {
        return new TreeSet<>(
                VARIABLE.matcher(text).results().map(MatchResult::group).toList());
    }
}
