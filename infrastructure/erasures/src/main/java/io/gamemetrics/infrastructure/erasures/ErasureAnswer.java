package io.gamemetrics.infrastructure.erasures;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a version says of a person.
 *
 * @param counts rows held, or places where something was found, by kind; kinds without any are left out
 * @param remainder what stays in sums, as those who write and read it encode it; empty where there are no such sums
 * @param searchedValues how many values were looked through, where something was searched for
 * @param searchedBytes how many bytes those had
 */
public record ErasureAnswer(
        String projection,
        int version,
        Map<String, Long> counts,
        byte[] remainder,
        long searchedValues,
        long searchedBytes) {

    /** In an answer to a plan, the kind of what would stay: a person's days and segments in sums of all players. */
    public static final String STAYS = "stays";

    /** In an answer to an export, the kind of the rows that were handed over, 0 too: only the version readers ask hands any over. */
    public static final String EXPORTED = "exported";

    public ErasureAnswer {
        counts = Map.copyOf(new TreeMap<>(counts));
    }

    /** One of what is held. */
    public ErasureAnswer(String projection, int version, Map<String, Long> counts, byte[] remainder) {
        this(projection, version, counts, remainder, 0, 0);
    }

    /** What a search found, and in how much. */
    public static ErasureAnswer searched(
            String projection, int version, Map<String, Long> found, long values, long bytes) {
        return new ErasureAnswer(projection, version, found, new byte[0], values, bytes);
    }

    /** One that says nothing of sums. */
    public ErasureAnswer(String projection, int version, Map<String, Long> counts) {
        this(projection, version, counts, new byte[0]);
    }

    /** All counts together. */
    public long total() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ErasureAnswer answer
                && projection.equals(answer.projection)
                && version == answer.version
                && counts.equals(answer.counts)
                && Arrays.equals(remainder, answer.remainder)
                && searchedValues == answer.searchedValues
                && searchedBytes == answer.searchedBytes;
    }

    @Override
    public int hashCode() {
        return Objects.hash(projection, version, counts, Arrays.hashCode(remainder), searchedValues, searchedBytes);
    }
}
