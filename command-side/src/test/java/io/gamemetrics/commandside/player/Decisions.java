package io.gamemetrics.commandside.player;

import java.util.List;
import org.hamcrest.Description;
import org.hamcrest.Matcher;
import org.hamcrest.TypeSafeMatcher;

/** Decisions in words, one for each candidate: accepted, duplicate, or the code it was refused with. */
final class Decisions extends TypeSafeMatcher<List<Decision>> {

    private final List<String> expected;

    private Decisions(List<String> expected) {
        this.expected = expected;
    }

    static Matcher<List<Decision>> decisions(String... words) {
        return new Decisions(List.of(words));
    }

    @Override
    protected boolean matchesSafely(List<Decision> decisions) {
        return words(decisions).equals(expected);
    }

    @Override
    public void describeTo(Description description) {
        description.appendValue(expected);
    }

    @Override
    protected void describeMismatchSafely(List<Decision> decisions, Description description) {
        description.appendValue(words(decisions));
    }

    private static List<String> words(List<Decision> decisions) {
        return decisions.stream()
                .map(decision -> switch (decision) {
                    case Decision.Accepted a -> "accepted";
                    case Decision.Duplicate d -> "duplicate";
                    case Decision.Rejected r -> r.refusal().code();
                })
                .toList();
    }
}
