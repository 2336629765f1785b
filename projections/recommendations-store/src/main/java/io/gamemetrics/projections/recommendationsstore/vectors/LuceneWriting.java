package io.gamemetrics.projections.recommendationsstore.vectors;

import io.gamemetrics.projections.recommendationsstore.vectors.VectorStore.Shape;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.lucene103.Lucene103Codec;
import org.apache.lucene.codecs.lucene99.Lucene99HnswVectorsFormat;
import org.apache.lucene.codecs.lucene99.Lucene99ScalarQuantizedVectorsFormat;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.index.VectorSimilarityFunction;

/** How an index is written: what it costs, and what a score of it means. */
final class LuceneWriting {

    private static final double BUFFER_MEBIBYTES = 16;

    /** Lucene's own defaults: 16 neighbours a node, 100 looked at when one is added. */
    private static final int NEIGHBOURS = Lucene99HnswVectorsFormat.DEFAULT_MAX_CONN;

    private static final int BEAM = Lucene99HnswVectorsFormat.DEFAULT_BEAM_WIDTH;

    private LuceneWriting() {}

    static IndexWriterConfig config(Shape shape) {
        return config(
                hasGraph(shape)
                        ? new Lucene99HnswVectorsFormat(NEIGHBOURS, BEAM)
                        // Directions are many, one a player, and a byte a part tells them apart well enough.
                        : new Lucene99ScalarQuantizedVectorsFormat());
    }

    /** The same for any format. */
    static IndexWriterConfig config(KnnVectorsFormat format) {
        return new IndexWriterConfig()
                .setRAMBufferSizeMB(BUFFER_MEBIBYTES)
                // In the thread that writes: graphs are dear to merge, and that thread is the one that is held back.
                .setMergeScheduler(new SerialMergeScheduler())
                .setCodec(new Lucene103Codec() {
                    @Override
                    public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
                        return format;
                    }
                });
    }

    /**
     * Whether there is a graph to search. Items' vectors are long, written once a version and looked for with every list.
     * Players' are short, written all day, and looked for now and then: a graph of them costs far more than it saves.
     */
    static boolean hasGraph(Shape shape) {
        return switch (shape.similarity()) {
            case DOT -> true;
            case COSINE -> false;
        };
    }

    static VectorSimilarityFunction function(Shape shape) {
        return switch (shape.similarity()) {
            case DOT -> VectorSimilarityFunction.MAXIMUM_INNER_PRODUCT;
            case COSINE -> VectorSimilarityFunction.COSINE;
        };
    }

    /** What Lucene made positive, as it was. */
    static double similarity(Shape shape, float score) {
        return switch (shape.similarity()) {
            case DOT -> score < 1 ? 1 - 1 / (double) score : score - 1.0;
            case COSINE -> 2.0 * score - 1;
        };
    }
}
