package io.gamemetrics.infrastructure.architecturetests;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.function.UnaryOperator;

/** Tells the events of the kernel from its other types. */
final class Events {

    private Events() {}

    /** The sealed families in the kernel, named {@code …Event}, and each of their members. */
    static DescribedPredicate<JavaClass> under(UnaryOperator<String> in) {
        String kernel = in.apply("sharedkernel.");
        return DescribedPredicate.describe(
                "events of the kernel",
                type -> type.getPackageName().startsWith(kernel)
                        && (isFamily(type)
                                || type.getAllRawInterfaces().stream().anyMatch(Events::isFamily)));
    }

    private static boolean isFamily(JavaClass type) {
        return type.isInterface() && type.getSimpleName().endsWith("Event");
    }
}
