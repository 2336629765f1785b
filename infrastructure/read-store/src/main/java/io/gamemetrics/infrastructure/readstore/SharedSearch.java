package io.gamemetrics.infrastructure.readstore;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Searches for several who wait, in as few passes as hold their texts: a store is read once for all of a pass. Immutable.
 *
 * @param owner who waits
 * @param texts what is looked for
 */
public record SharedSearch<O>(O owner, List<String> texts) {

    /** So many texts of several owners are looked for in one pass: each is held in every form it may be written in. */
    public static final int MOST_NEEDLES = 5_000;

    public SharedSearch {
        texts = List.copyOf(texts);
    }

    /** How a store is looked through. */
    public interface Look {
        List<Hit> scan(Needles needles) throws SQLException;
    }

    /**
     * What came of a pass for one owner.
     *
     * @param hits how many values hold one of the texts, by place
     * @param searchedValues how many values were looked through in all, of {@code searchedBytes} bytes
     */
    public record Found<O>(O owner, Map<String, Long> hits, long searchedValues, long searchedBytes) {}

    /** As many of them together as have no more than {@link #MOST_NEEDLES} texts; one alone may have more. */
    public static <O> List<List<SharedSearch<O>>> passes(List<SharedSearch<O>> all) {
        List<List<SharedSearch<O>>> passes = new ArrayList<>();
        int from = 0;
        int texts = 0;
        for (int to = 0; to < all.size(); to++) {
            int own = all.get(to).texts().size();
            if (to > from && texts + own > MOST_NEEDLES) {
                passes.add(List.copyOf(all.subList(from, to)));
                from = to;
                texts = 0;
            }
            texts += own;
        }
        if (from < all.size()) {
            passes.add(List.copyOf(all.subList(from, all.size())));
        }
        return passes;
    }

    /** Looks once, and tells each their own, in their order. Without any text nothing is read. */
    public static <O> List<Found<O>> together(List<SharedSearch<O>> pass, Look look) throws SQLException {
        List<String> texts = new ArrayList<>();
        List<Map<String, Long>> hits = new ArrayList<>();
        List<Integer> ownerOfText = new ArrayList<>();
        for (int owner = 0; owner < pass.size(); owner++) {
            for (String text : pass.get(owner).texts()) {
                texts.add(text);
                ownerOfText.add(owner);
            }
            hits.add(new TreeMap<>());
        }
        Needles needles = Needles.of(texts);
        if (!texts.isEmpty()) {
            for (Hit hit : look.scan(needles)) {
                hits.get(ownerOfText.get(hit.needle())).merge(hit.store() + " " + hit.place(), hit.values(), Long::sum);
            }
        }
        List<Found<O>> found = new ArrayList<>();
        for (int owner = 0; owner < pass.size(); owner++) {
            found.add(new Found<>(
                    pass.get(owner).owner(), hits.get(owner), needles.searchedValues(), needles.searchedBytes()));
        }
        return found;
    }

    /** It holds persons' data. */
    @Override
    public String toString() {
        return "SharedSearch[" + texts.size() + "]";
    }
}
