package io.gamemetrics.sharedkernel.ids;

import java.util.function.IntPredicate;
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
        if (!isWellFormed(value)) {
            throw new IllegalArgumentException(name + " must be well-formed text");
        }
        return value;
    }

    private static boolean isWellFormed(String value) {
        for (int at = 0; at < value.length(); at++) {
            if (Character.isSurrogate(value.charAt(at))) {
                if (value.codePointAt(at) < Character.MIN_SUPPLEMENTARY_CODE_POINT) {
                    return false;
                }
                at++;
            }
        }
        return true;
    }

    /**
     * Returns the value unchanged.
     *
     * @throws IllegalArgumentException when the value is longer or has another character, naming the rule and not the value
     */
    static String of(String name, String value, int maxLength, IntPredicate allowed, String rule) {
        // Checked for each event that is read: a loop, no pattern.
        boolean fits = !value.isEmpty() && value.length() <= maxLength;
        for (int at = 0; fits && at < value.length(); at++) {
            fits = allowed.test(value.charAt(at));
        }
        if (!fits) {
            throw new IllegalArgumentException(name + " must be " + rule);
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
