package io.gamemetrics.projections.recommendationsstore.vectors;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.KnnVectorValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.ConjunctionUtils;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.VectorScorer;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.Bits;

/**
 * Finds the nearest by a look at every vector a filter lets through, a byte a part; the best of them are then compared as
 * they were written. Nothing need be built for it.
 */
final class EveryVector {

    private static final Comparator<ScoreDoc> FARTHEST_FIRST = Comparator.comparingDouble(found -> found.score);

    /** So many times as many as asked for are compared exactly, and at least {@link #LEAST_CANDIDATES}. */
    private static final int CANDIDATES = 4;

    private static final int LEAST_CANDIDATES = 100;

    private final String field;
    private final VectorSimilarityFunction function;
    private final float[] vector;

    /** @param function as the field has it */
    EveryVector(String field, VectorSimilarityFunction function, float[] vector) {
        this.field = field;
        this.function = function;
        this.vector = vector;
    }

    /** At most so many, best first. */
    List<ScoreDoc> nearest(IndexSearcher searcher, Query filter, int most) throws IOException {
        Weight weight = searcher.createWeight(searcher.rewrite(filter), ScoreMode.COMPLETE_NO_SCORES, 1);
        int candidates = Math.max(LEAST_CANDIDATES, CANDIDATES * most);
        PriorityQueue<ScoreDoc> best = new PriorityQueue<>(FARTHEST_FIRST);
        for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
            look(leaf, weight, candidates, best);
        }
        List<ScoreDoc> exact = new ArrayList<>();
        for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
            int end = leaf.docBase + leaf.reader().maxDoc();
            int[] points = best.stream()
                    .mapToInt(found -> found.doc)
                    .filter(point -> point >= leaf.docBase && point < end)
                    .sorted()
                    .toArray();
            compare(leaf, points, exact);
        }
        return exact.stream().sorted(FARTHEST_FIRST.reversed()).limit(most).toList();
    }

    private void look(LeafReaderContext leaf, Weight filter, int most, PriorityQueue<ScoreDoc> best)
            throws IOException {
        Scorer letThrough = filter.scorer(leaf);
        FloatVectorValues vectors = leaf.reader().getFloatVectorValues(field);
        if (letThrough == null || vectors == null || vectors.size() == 0) {
            return;
        }
        VectorScorer scorer = vectors.scorer(vector);
        DocIdSetIterator points =
                ConjunctionUtils.intersectIterators(List.of(letThrough.iterator(), scorer.iterator()));
        Bits there = leaf.reader().getLiveDocs();
        for (int point = points.nextDoc(); point != DocIdSetIterator.NO_MORE_DOCS; point = points.nextDoc()) {
            if (there == null || there.get(point)) {
                add(leaf.docBase + point, scorer.score(), most, best);
            }
        }
    }

    private static void add(int point, float score, int most, PriorityQueue<ScoreDoc> best) {
        if (best.size() == most && score > best.element().score) {
            best.remove();
        }
        if (best.size() < most) {
            best.add(new ScoreDoc(point, score));
        }
    }

    /** @param points of the leaf, rising */
    private void compare(LeafReaderContext leaf, int[] points, List<ScoreDoc> exact) throws IOException {
        if (points.length == 0) {
            return;
        }
        FloatVectorValues vectors = leaf.reader().getFloatVectorValues(field);
        KnnVectorValues.DocIndexIterator places = vectors.iterator();
        for (int point : points) {
            places.advance(point - leaf.docBase);
            exact.add(new ScoreDoc(point, function.compare(vector, vectors.vectorValue(places.index()))));
        }
    }
}
