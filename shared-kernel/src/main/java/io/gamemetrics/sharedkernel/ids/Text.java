package io.gamemetrics.sharedkernel.ids;

import java.util.regex.Pattern;

/** Checks that several identifiers share. */
final class Text {

    private Text() {}

    /**
     * Returns the value unchanged.
     *
     * @throws IllegalArgumentException "rule: name=length" without echoing the value, which may be personal
     */
    static String bounded(String name, String value, int maxLength) {
        if (value.isBlank() || value.length() > maxLength) {
            throw new IllegalArgumentException(
                    name + " must have 1 to " + maxLength + " characters: length=" + value.length());
        }
        // Half a surrogate pair is no character; in UTF-8 two such ids would become one.
        if (value.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
            throw new IllegalArgumentException(name + " must be well-formed text");
        }
        return value;
    }

    /**
     * Returns the value unchanged.
     *
     * @throws IllegalArgumentException when the value does not match, naming the rule and not the value
     */
    static String matching(String name, String value, Pattern pattern, String rule) {
        if (!pattern.matcher(value).matches()) {
            throw new IllegalArgumentException(name + " must be " + rule);
        }
        return value;
    }
}
