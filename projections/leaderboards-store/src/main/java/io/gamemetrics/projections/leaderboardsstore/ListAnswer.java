package io.gamemetrics.projections.leaderboardsstore;

import io.gamemetrics.sharedkernel.ids.Pseudonym;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what {@code page.lua} and {@code place.lua} answer. */
final class ListAnswer {

    private static final int MOMENT_BYTES = 6;
    private static final int TIE_BYTES = 2 * MOMENT_BYTES;
    private static final double BOUND = 0x1p53;
    private static final long MAX_SCORE = (1L << 53) - 1;

    private final List<?> answer;
    private final boolean descending;

    /** @param answer the script's */
    ListAnswer(List<?> answer, BoardRule rule) {
        this.answer = answer;
        this.descending = rule.order() == BoardRule.SortOrder.DESC;
    }

    long number(int index) {
        return answer.get(index) instanceof Long number ? number : wrong();
    }

    @Nullable
    Instant moment(int index) {
        String text = text(index);
        return text.isEmpty() ? null : Instant.ofEpochMilli(Long.parseLong(text));
    }

    /** The entries from an index of the answer on, the first having this rank. */
    List<Entry> entries(int from, long firstRank, long total) {
        List<Entry> entries = new ArrayList<>();
        for (int i = from; i < answer.size(); i += 2) {
            byte[] member = bytes(i);
            double standing = Double.parseDouble(text(i + 1));
            long at = number(member, 0);
            long position = number(member, MOMENT_BYTES);
            double score = descending ? -standing : standing;
            boolean saturated = Math.abs(score) >= BOUND;
            entries.add(new Entry(
                    firstRank + entries.size(),
                    new Pseudonym(Bytes.uuid(Arrays.copyOfRange(member, TIE_BYTES, member.length))),
                    saturated ? (long) Math.signum(score) * MAX_SCORE : (long) score,
                    saturated,
                    Instant.ofEpochMilli(at),
                    new Cursor(standing, at, position),
                    total));
        }
        return entries;
    }

    private String text(int index) {
        return Bytes.text(bytes(index));
    }

    private byte[] bytes(int index) {
        return answer.get(index) instanceof byte[] bytes ? bytes : Bytes.of(wrong());
    }

    private static long wrong() {
        throw new LeaderboardsStoreException("a script of the leaderboards answered what it does not answer");
    }

    private static long number(byte[] member, int from) {
        byte[] eight = new byte[Long.BYTES];
        System.arraycopy(member, from, eight, Long.BYTES - MOMENT_BYTES, MOMENT_BYTES);
        return ByteBuffer.wrap(eight).getLong();
    }
}
