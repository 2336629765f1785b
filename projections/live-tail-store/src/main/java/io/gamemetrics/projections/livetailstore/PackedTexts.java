package io.gamemetrics.projections.livetailstore;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Texts in one, {@code 4:type8:purchase}: each after its length in characters, so whatever is in it, it stands there as it is. */
final class PackedTexts {

    private static final char END_OF_LENGTH = ':';
    private static final int MOST_DIGITS = 9;

    private PackedTexts() {}

    static void add(StringBuilder packed, String text) {
        packed.append(text.length()).append(END_OF_LENGTH).append(text);
    }

    /** Adds one text that begins with another. */
    static void add(StringBuilder packed, String beginning, String rest) {
        packed.append(beginning.length() + rest.length()).append(END_OF_LENGTH);
        packed.append(beginning).append(rest);
    }

    /** What was added, in order; empty when this was not made so. */
    static Optional<List<String>> of(String packed) {
        List<String> texts = new ArrayList<>();
        int at = 0;
        while (at < packed.length()) {
            int from = packed.indexOf(END_OF_LENGTH, at) + 1;
            int length = from > 0 ? number(packed, at, from - 1) : -1;
            if (length < 0 || length > packed.length() - from) {
                return Optional.empty();
            }
            texts.add(packed.substring(from, from + length));
            at = from + length;
        }
        return Optional.of(texts);
    }

    /** Negative when it is none. */
    private static int number(String packed, int from, int to) {
        if (from == to || to - from > MOST_DIGITS) {
            return -1;
        }
        int number = 0;
        for (int i = from; i < to; i++) {
            int digit = packed.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = 10 * number + digit;
        }
        return number;
    }
}
