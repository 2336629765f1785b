package io.gamemetrics.infrastructure.architecturetests;

import static com.tngtech.archunit.lang.conditions.ArchConditions.beFinal;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullMarked;

/** What holds in every package, whoever it belongs to. */
final class HowCodeIsWritten {

    /** Personal data is the law's own word. */
    private static final Pattern EMPTY_NAME =
            Pattern.compile("(?!PersonalData$).*(Manager|Helper|Helpers|Util|Utils|Impl|Data|Info)");

    private HowCodeIsWritten() {}

    static final List<Rule> RULES = List.of(
            new Rule(
                    "Every package says in its package-info that null is an exception",
                    List.of(),
                    "unmarked.SaysNothingOfNull",
                    in -> classes().that().resideInAPackage(in.apply(".")).should(beInAPackageThatIsNullMarked())),
            new Rule(
                    "A name says what a thing is: no Manager, Helper, Util, Impl, Data or Info",
                    List.of(),
                    "queryside.PlayerManager",
                    in -> classes().that().resideInAPackage(in.apply(".")).should(haveANameThatSaysSomething())),
            new Rule(
                    "Only the programs at a terminal print",
                    List.of("infrastructure.cli", "infrastructure.platform"),
                    "queryside.PrintsALine",
                    in -> noClasses()
                            .that()
                            .resideInAPackage(in.apply("."))
                            .and()
                            .resideOutsideOfPackages(
                                    in.apply("infrastructure.cli.."),
                                    in.apply("infrastructure.demo.."),
                                    in.apply("infrastructure.platform.."))
                            .should()
                            .accessField(System.class, "out")
                            .orShould()
                            .accessField(System.class, "err")),
            new Rule("A public field is final", List.of(), "sharedkernel.PublicField", in -> fields().that()
                    .areDeclaredInClassesThat()
                    .resideInAPackage(in.apply("."))
                    .and()
                    .arePublic()
                    .should(beFinal())),
            new Rule(
                    "Free text about a person is not printed by a record of the kernel",
                    List.of("sharedkernel"),
                    "sharedkernel.PrintsAName",
                    in -> classes()
                            .that()
                            .resideInAPackage(in.apply("sharedkernel.."))
                            .and(holdPersonalText())
                            .should(printThemselves())));

    private static ArchCondition<JavaClass> beInAPackageThatIsNullMarked() {
        return condition(
                "be in a package that is @NullMarked", type -> type.getPackage().isAnnotatedWith(NullMarked.class));
    }

    private static ArchCondition<JavaClass> haveANameThatSaysSomething() {
        return condition(
                "have a name that says something",
                type -> !EMPTY_NAME.matcher(type.getSimpleName()).matches());
    }

    private static ArchCondition<JavaClass> printThemselves() {
        return condition("declare toString", type -> lineOf(type, "toString") != lineOf(type, "hashCode"));
    }

    /** Methods that the compiler adds to a record all carry the line of its header. */
    private static int lineOf(JavaClass type, String method) {
        return type.getMethods().stream()
                .filter(candidate -> candidate.getName().equals(method))
                .mapToInt(candidate -> candidate.getSourceCodeLocation().getLineNumber())
                .findFirst()
                .orElseThrow();
    }

    private static DescribedPredicate<JavaClass> holdPersonalText() {
        return DescribedPredicate.describe(
                "hold a personal component that is not a value type of the kernel",
                type -> type.isRecord()
                        && type.getFields().stream()
                                .anyMatch(field -> field.getAnnotations().stream()
                                                .anyMatch(mark -> mark.getRawType()
                                                        .getSimpleName()
                                                        .equals("PersonalData"))
                                        && field.getRawType().getPackageName().startsWith("java.")));
    }

    private static ArchCondition<JavaClass> condition(String description, Predicate<JavaClass> holds) {
        return new ArchCondition<>(description) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                events.add(new SimpleConditionEvent(type, holds.test(type), type.getName() + " should " + description));
            }
        };
    }
}
