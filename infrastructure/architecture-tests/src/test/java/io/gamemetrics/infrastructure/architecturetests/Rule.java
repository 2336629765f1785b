package io.gamemetrics.infrastructure.architecturetests;

import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * One rule over compiled classes.
 *
 * @param sentence the rule in words, as the failing build prints it
 * @param packages the packages it names, without the root; each must hold classes, else the rule says nothing
 * @param wrong the fixture's class it must catch, relative to the fixtures' root
 * @param under the rule itself, for the packages under a root
 */
record Rule(String sentence, List<String> packages, String wrong, Under under) {

    /** Makes the rule for a root package; its argument completes a relative package pattern. */
    @FunctionalInterface
    interface Under {
        ArchRule root(UnaryOperator<String> in);
    }

    /** The rule for the packages under this root. */
    ArchRule in(String root) {
        return under.root(relative -> root + "." + relative).as(sentence);
    }

    @Override
    public String toString() {
        return sentence;
    }
}
