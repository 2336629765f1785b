package io.gamemetrics.projections.recommendationsstore;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts one person's list together: what the model says, then what is popular, nothing twice and nothing left out. */
final class Choice {

    private final List<HistoryItem> history;
    private final Map<Long, HistoryItem> byNumber = new HashMap<>();
    private final Set<Long> leftOut = new HashSet<>();
    private final Set<Long> chosen = new HashSet<>();
    private final List<Candidate> candidates = new ArrayList<>();
    private final List<Recommendation> list = new ArrayList<>();
    private final int first;

    Choice(List<HistoryItem> history, int first, boolean excludeOwned) {
        this.history = history;
        this.first = first;
        for (HistoryItem item : history) {
            byNumber.put(item.number(), item);
            if (excludeOwned && item.owned()) {
                leftOut.add(item.number());
            }
        }
    }

    List<HistoryItem> history() {
        return history;
    }

    /** Ids of what must not come: the search itself leaves it out, however much that is. */
    List<String> leftOut() {
        return leftOut.stream().map(String::valueOf).toList();
    }

    /** How many to search for: an item of the person's own speaks for itself, and may fall behind once that is taken off. */
    int candidates() {
        return first + history.size() - leftOut.size();
    }

    boolean wantsMore() {
        return list.size() < first;
    }

    void addFromModel(long number, String item, float[] vector, double score) {
        HistoryItem own = byNumber.get(number);
        double others = own == null ? score : score - own.contribution(vector);
        if (others > 0) {
            candidates.add(new Candidate(number, item, vector, others));
        }
    }

    /** Takes the best of what was added; reasons are looked for only where they are told. */
    void takeFromModel() {
        candidates.sort(Comparator.comparingDouble(Candidate::score).reversed().thenComparing(Candidate::item));
        for (Candidate candidate : candidates) {
            HistoryItem reason = wantsMore() ? reason(candidate) : null;
            if (reason != null && chosen.add(candidate.number)) {
                list.add(new Recommendation(candidate.item, candidate.score, reason.why()));
            }
        }
    }

    void addPopular(List<PopularItems.Popular> popular) {
        for (PopularItems.Popular item : popular) {
            if (wantsMore() && !leftOut.contains(item.number()) && chosen.add(item.number())) {
                list.add(new Recommendation(item.item(), item.share(), item.why()));
            }
        }
    }

    List<Recommendation> list() {
        return List.copyOf(list);
    }

    /** The item of the person's own that adds most. */
    private @Nullable HistoryItem reason(Candidate candidate) {
        HistoryItem best = null;
        double most = 0;
        for (HistoryItem item : history) {
            double contribution = item.number() == candidate.number ? 0 : item.contribution(candidate.vector);
            if (contribution > most) {
                most = contribution;
                best = item;
            }
        }
        return best;
    }

    private record Candidate(long number, String item, float[] vector, double score) {}
}
