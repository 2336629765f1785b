package io.gamemetrics.projections.recommendationsstore.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamemetrics.projections.recommendationsstore.vectors.VectorStore.Hit;
import io.gamemetrics.projections.recommendationsstore.vectors.VectorStore.Point;
import io.gamemetrics.projections.recommendationsstore.vectors.VectorStore.Shape;
import io.gamemetrics.projections.recommendationsstore.vectors.VectorStore.Similarity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.lucene.codecs.lucene99.Lucene99HnswScalarQuantizedVectorsFormat;
import org.apache.lucene.index.IndexWriterConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LuceneVectorsTest extends VectorStoreContract {

    private static final Shape SHAPE = new Shape(2, Similarity.DOT);
    private static final Filter ALL = Filter.of(1, 1);

    @TempDir
    Path folder;

    @Override
    VectorStore store() {
        return LuceneVectors.writing(folder);
    }

    @Override
    void forget(VectorStore store, String collection) {}

    @Test
    void a_process_that_only_reads_sees_what_another_one_writes_and_switches() {
        try (VectorStore reads = LuceneVectors.reading(folder.resolve("shared"));
                VectorStore writes = LuceneVectors.writing(folder.resolve("shared"))) {
            assertThat(reads.meant("alias")).isEmpty();
            writes.create("one", SHAPE);
            writes.switchTo("alias", "one");
            assertThat(reads.nearest("alias", new float[] {1, 0}, ALL, 3)).isEmpty();

            writes.upsert("alias", List.of(new Point(1, 1, "a", new float[] {1, 0})));
            await(reads, "a");
            writes.upsert("alias", List.of(new Point(1, 1, "b", new float[] {2, 0})));
            await(reads, "b");
            writes.create("two", SHAPE);
            writes.upsert("two", List.of(new Point(1, 1, "c", new float[] {1, 0})));
            writes.switchTo("alias", "two");
            await(reads, "c");
            assertThatThrownBy(() -> reads.upsert("alias", List.of())).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void what_a_collection_takes_is_what_lies_in_its_folder() throws Exception {
        Path here = folder.resolve("measured");
        try (VectorStore store = LuceneVectors.writing(here)) {
            assertThat(store.diskBytes("alias")).isZero();
            store.create("one", SHAPE);
            store.switchTo("alias", "one");
            store.upsert("alias", List.of(new Point(1, 1, "a", new float[] {1, 0})));
            long all = 0;
            try (var files = Files.list(here.resolve("one"))) {
                for (Path file : files.toList()) {
                    all += Files.size(file);
                }
            }
            assertThat(store.diskBytes("alias")).isPositive().isEqualTo(all);
            store.drop("alias");
            assertThat(store.diskBytes("alias")).isZero();
        }
    }

    @Test
    void what_was_written_is_there_after_a_new_start() {
        Path here = folder.resolve("restarted");
        try (VectorStore first = LuceneVectors.writing(here)) {
            first.create("one", SHAPE);
            first.switchTo("alias", "one");
            first.upsert("alias", List.of(new Point(1, 1, "a", new float[] {1, 0})));
        }
        try (VectorStore second = LuceneVectors.writing(here)) {
            assertThat(second.nearest("alias", new float[] {1, 0}, ALL, 3))
                    .extracting(Hit::id)
                    .containsExactly("a");
        }
    }

    /** As players' vectors were written before: what lies in a data folder stays good. */
    @Test
    void an_index_with_a_graph_is_searched_and_written_on_without_one() throws Exception {
        Path here = folder.resolve("graph");
        Shape cosine = new Shape(2, Similarity.COSINE);
        try (VectorStore store = LuceneVectors.writing(here)) {
            store.create("one", cosine);
        }
        IndexWriterConfig before = LuceneWriting.config(new Lucene99HnswScalarQuantizedVectorsFormat());
        try (LuceneCollection old = LuceneCollection.open(here.resolve("one"), cosine, before)) {
            old.upsert(List.of(new Point(1, 1, "a", new float[] {1, 0}), new Point(1, 1, "gone", new float[] {2, 0})));
        }
        try (VectorStore store = LuceneVectors.writing(here)) {
            store.upsert("one", List.of(new Point(1, 1, "b", new float[] {1, 1})));
            store.delete("one", ALL.only(List.of("gone")));
            assertThat(store.nearest("one", new float[] {1, 0}, ALL, 3))
                    .extracting(Hit::id)
                    .containsExactly("a", "b");
        }
    }

    @Test
    void names_cannot_lead_out_of_the_folder() {
        try (VectorStore store = LuceneVectors.writing(folder.resolve("inside"))) {
            assertThatThrownBy(() -> store.create("../outside", SHAPE)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    /** Waits until the nearest point is this one. */
    private static void await(VectorStore reads, String id) {
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (System.nanoTime() < deadline) {
            List<Hit> hits = reads.nearest("alias", new float[] {1, 0}, ALL, 1);
            if (!hits.isEmpty() && hits.getFirst().id().equals(id)) {
                return;
            }
            Thread.onSpinWait();
        }
        throw new AssertionError("never seen: " + id);
    }
}
