package io.gamemetrics.infrastructure.architecturetests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SourceRulesTest {

    static List<SourceRule> rules() {
        return SourceRule.RULES;
    }

    @ParameterizedTest
    @MethodSource("rules")
    void everySourceKeepsTheRule(SourceRule rule) throws IOException {
        assertThat(rule.objections(Repository.here())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void theRuleCatchesAWrongSource(SourceRule rule, @TempDir Path folder) throws IOException {
        Path file = folder.resolve(rule.wrongPath());
        Files.createDirectories(file.getParent());
        Files.writeString(file, rule.wrongText());

        assertThat(rule.objections(new Repository(folder)))
                .singleElement()
                .asString()
                .startsWith(rule.wrongPath());
    }

    @Test
    void everyFileExcusedForItsLengthExists() throws IOException {
        assertThat(Repository.here().files(".java"))
                .extracting(Path::toString)
                .containsAll(SourceRule.LONG_FILES.keySet());
    }
}
