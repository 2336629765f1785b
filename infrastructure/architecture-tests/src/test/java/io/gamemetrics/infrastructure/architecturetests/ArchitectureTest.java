package io.gamemetrics.infrastructure.architecturetests;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds every rule over all modules, and shows of each rule that it can fail. */
class ArchitectureTest {

    private static final String ROOT = "io.gamemetrics";
    private static final String WRONG = "io.gamemetrics.infrastructure.architecturetests.wrong";

    private static final JavaClasses SYSTEM = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    private static final JavaClasses FIXTURES = new ClassFileImporter().importPackages(WRONG);

    static List<Rule> rules() {
        return Stream.of(WhoMayUseWhom.RULES, Purity.RULES, HowCodeIsWritten.RULES)
                .flatMap(List::stream)
                .toList();
    }

    static List<String> namedPackages() {
        return rules().stream()
                .flatMap(rule -> rule.packages().stream())
                .distinct()
                .toList();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void theSystemKeepsTheRule(Rule rule) {
        rule.in(ROOT).check(SYSTEM);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void theRuleCatchesItsWrongFixture(Rule rule) {
        assertThat(rule.in(WRONG).evaluate(FIXTURES).getFailureReport().getDetails())
                .as(rule.sentence())
                .anyMatch(detail -> detail.contains(WRONG + "." + rule.wrong()));
    }

    @ParameterizedTest
    @MethodSource("namedPackages")
    void aPackageThatARuleNamesHoldsClasses(String relative) {
        assertThat(packages()).anyMatch(name -> (name + ".").startsWith(ROOT + "." + relative + "."));
    }

    @Test
    void noFixtureIsTakenForThePartOfTheSystemItImitates() {
        assertThat(packages()).noneMatch(name -> name.startsWith(WRONG));
    }

    private static Set<String> packages() {
        return SYSTEM.stream().map(JavaClass::getPackageName).collect(Collectors.toCollection(TreeSet::new));
    }
}
