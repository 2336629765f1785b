package io.gamemetrics.infrastructure.architecturetests;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvent;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.modelling.command.AggregateIdentifier;

/**
 * What decides, and what folds, depends on its arguments alone: the same history gives the same answer on every replica
 * and in every replay. Checked for the class and for every class of its own side that it uses, however far away.
 */
final class Purity {

    private static final Set<String> CLOCK_AND_CHANCE = Set.of(
            "java.time.Clock",
            "java.util.Random",
            "java.util.concurrent.ThreadLocalRandom",
            "java.security.SecureRandom",
            "java.util.random.RandomGenerator");

    private static final List<String> OUTSIDE_WORLD = List.of(
            "org.springframework.",
            "org.apache.kafka.",
            "java.sql.",
            "javax.sql.",
            "java.net.",
            "java.nio.file.",
            "java.io.File");

    private Purity() {}

    static final List<Rule> RULES = List.of(
            new Rule(
                    "An aggregate knows no clock, no randomness, no Spring, no Kafka and no driver",
                    List.of("commandside.player", "commandside.game"),
                    "commandside.player.AggregateReadingTheClock",
                    in -> classes()
                            .that()
                            .resideInAPackage(in.apply("commandside.."))
                            .and(areAggregates())
                            .should(reachNoneOf(
                                    "the clock, chance or the outside world",
                                    in.apply("commandside."),
                                    Purity::isOutsideWorld))),
            new Rule(
                    "A projection's handlers know no clock and no randomness",
                    List.of("projections.metrics", "projections.games", "projections.players"),
                    "projections.metrics.HandlerReadingTheClock",
                    in -> classes()
                            .that()
                            .resideInAPackage(in.apply("projections.."))
                            .and(handleEvents())
                            .should(reachNoneOf("the clock or chance", in.apply("projections."), type -> false))));

    private static DescribedPredicate<JavaClass> areAggregates() {
        return DescribedPredicate.describe("are aggregates", type -> type.getFields().stream()
                .anyMatch(field -> field.isAnnotatedWith(AggregateIdentifier.class)));
    }

    private static DescribedPredicate<JavaClass> handleEvents() {
        return DescribedPredicate.describe("handle events", type -> type.getMethods().stream()
                .anyMatch(method -> method.isAnnotatedWith(EventHandler.class)));
    }

    private static boolean isOutsideWorld(JavaClass type) {
        return OUTSIDE_WORLD.stream().anyMatch(type.getName()::startsWith);
    }

    private static ArchCondition<JavaClass> reachNoneOf(
            String what, String ownSide, Predicate<JavaClass> alsoForbidden) {
        return new ArchCondition<>("not reach " + what) {
            @Override
            public void check(JavaClass start, ConditionEvents events) {
                for (JavaClass reached : reachable(start, ownSide)) {
                    for (Dependency dependency : reached.getDirectDependenciesFromSelf()) {
                        JavaClass target = dependency.getTargetClass();
                        if (CLOCK_AND_CHANCE.contains(target.getName()) || alsoForbidden.test(target)) {
                            events.add(violation(start, dependency.getDescription()));
                        }
                    }
                    for (JavaMethodCall call : reached.getMethodCallsFromSelf()) {
                        if (asksTheClockOrChance(call)) {
                            events.add(violation(start, call.getDescription()));
                        }
                    }
                }
            }
        };
    }

    private static Set<JavaClass> reachable(JavaClass start, String ownSide) {
        Set<JavaClass> seen = new LinkedHashSet<>(Set.of(start));
        Deque<JavaClass> next = new ArrayDeque<>(seen);
        while (!next.isEmpty()) {
            for (Dependency dependency : next.remove().getDirectDependenciesFromSelf()) {
                JavaClass target = dependency.getTargetClass().getBaseComponentType();
                if (target.getName().startsWith(ownSide) && seen.add(target)) {
                    next.add(target);
                }
            }
        }
        return seen;
    }

    private static boolean asksTheClockOrChance(JavaMethodCall call) {
        String owner = call.getTargetOwner().getName();
        return switch (call.getName()) {
            case "now" -> owner.startsWith("java.time.");
            case "currentTimeMillis", "nanoTime" -> owner.equals("java.lang.System");
            case "randomUUID" -> owner.equals("java.util.UUID");
            case "random" -> owner.equals("java.lang.Math");
            default -> false;
        };
    }

    private static ConditionEvent violation(JavaClass start, String description) {
        return SimpleConditionEvent.violated(start, start.getName() + " reaches: " + description);
    }
}
