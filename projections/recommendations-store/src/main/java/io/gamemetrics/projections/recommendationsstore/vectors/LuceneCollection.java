package io.gamemetrics.projections.recommendationsstore.vectors;

import io.gamemetrics.projections.recommendationsstore.vectors.VectorStore.Hit;
import io.gamemetrics.projections.recommendationsstore.vectors.VectorStore.Point;
import io.gamemetrics.projections.recommendationsstore.vectors.VectorStore.Shape;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexNotFoundException;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.IndexableField;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.MMapDirectory;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/** One collection: an index with a document a point. Safe for concurrent use. */
final class LuceneCollection implements Closeable {

    /** How old a process that only reads may let its view become. */
    static final int REFRESH_MILLIS = 200;

    /**
     * How many candidates the search keeps, at least: with few, an inner product's best are missed. With so many, the lists
     * that are served foretell as well as a look at every vector: docs/decisions/0019.
     */
    private static final int CANDIDATES = 150;

    private static final String VECTOR = "vector";
    private static final String KEY = "key";
    private static final String GAME = "game";
    private static final String MODEL = "model";
    private static final String ID = "id";
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Shape shape;
    private final Directory directory;
    private final @Nullable IndexWriter writer;
    private final AtomicLong refreshedAtNanos = new AtomicLong();
    private volatile @Nullable SearcherManager searchers;

    private LuceneCollection(Shape shape, Directory directory, @Nullable IndexWriter writer) {
        this.shape = shape;
        this.directory = directory;
        this.writer = writer;
    }

    static LuceneCollection open(Path folder, boolean writes) {
        Shape shape = LuceneShape.read(folder);
        return open(folder, shape, writes ? LuceneWriting.config(shape) : null);
    }

    /** @param config absent: it only reads */
    static LuceneCollection open(Path folder, Shape shape, @Nullable IndexWriterConfig config) {
        try {
            Directory directory = new MMapDirectory(folder);
            IndexWriter writer = config == null ? null : new IndexWriter(directory, config);
            return new LuceneCollection(shape, directory, writer);
        } catch (IOException e) {
            throw new VectorStoreException("a collection of vectors can't be opened", e);
        }
    }

    void upsert(Collection<Point> points) {
        IndexWriter index = requireWriter();
        try {
            for (Point point : points) {
                String key = key(point.game(), point.version(), point.id());
                index.updateDocument(new Term(KEY, key), document(point, key));
            }
            commit(index);
        } catch (IOException e) {
            throw new VectorStoreException("vectors can't be written", e);
        }
    }

    void delete(Filter filter) {
        IndexWriter index = requireWriter();
        try {
            index.deleteDocuments(query(filter));
            commit(index);
        } catch (IOException e) {
            throw new VectorStoreException("vectors can't be deleted", e);
        }
    }

    List<Hit> nearest(float[] vector, Filter filter, int k) {
        return search(List.of(), searcher -> {
            StoredFields fields = searcher.storedFields();
            List<Hit> hits = new ArrayList<>();
            for (ScoreDoc found : nearest(searcher, vector, query(filter), k)) {
                hits.add(new Hit(fields.document(found.doc).get(ID), LuceneWriting.similarity(shape, found.score)));
            }
            return hits;
        });
    }

    private List<ScoreDoc> nearest(IndexSearcher searcher, float[] vector, Query filter, int k) throws IOException {
        if (!LuceneWriting.hasGraph(shape)) {
            return new EveryVector(VECTOR, LuceneWriting.function(shape), vector).nearest(searcher, filter, k);
        }
        Query nearest = new KnnFloatVectorQuery(VECTOR, vector, Math.max(k, CANDIDATES), filter);
        return List.of(searcher.search(nearest, k).scoreDocs);
    }

    long count(Filter filter) {
        return search(0L, searcher -> (long) searcher.count(query(filter)));
    }

    /** What is stored of points that are there. What Lucene keeps of deleted ones until it merges is no text of a person's. */
    void forEachText(Consumer<String> each) {
        search(true, searcher -> {
            for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
                StoredFields stored = leaf.reader().storedFields();
                Bits there = leaf.reader().getLiveDocs();
                for (int point = 0; point < leaf.reader().maxDoc(); point++) {
                    if (there == null || there.get(point)) {
                        stored.document(point).getFields().stream()
                                .map(IndexableField::stringValue)
                                .filter(Objects::nonNull)
                                .forEach(each);
                    }
                }
            }
            return true;
        });
    }

    @Override
    public void close() {
        try {
            SearcherManager last = searchers;
            if (last != null) {
                last.close();
            }
            if (writer != null) {
                writer.close();
            }
            directory.close();
        } catch (IOException e) {
            throw new VectorStoreException("a collection of vectors does not close", e);
        }
    }

    private interface Search<R> {
        R in(IndexSearcher searcher) throws IOException;
    }

    private <R> R search(R nothing, Search<R> search) {
        try {
            SearcherManager manager = current();
            if (manager == null) {
                return nothing;
            }
            IndexSearcher searcher = manager.acquire();
            try {
                return search.in(searcher);
            } finally {
                manager.release(searcher);
            }
        } catch (IOException e) {
            throw new VectorStoreException("vectors can't be searched", e);
        }
    }

    /** Absent while nothing was ever written. */
    private @Nullable SearcherManager current() throws IOException {
        SearcherManager manager = searchers;
        if (manager == null) {
            return open();
        }
        long now = System.nanoTime();
        long before = refreshedAtNanos.get();
        boolean old = now - before > REFRESH_MILLIS * NANOS_PER_MILLI;
        if (writer == null && old && refreshedAtNanos.compareAndSet(before, now)) {
            manager.maybeRefresh();
        }
        return manager;
    }

    private @Nullable SearcherManager open() throws IOException {
        synchronized (directory) {
            SearcherManager manager = searchers;
            if (manager == null && DirectoryReader.indexExists(directory)) {
                try {
                    manager = new SearcherManager(directory, null);
                    searchers = manager;
                } catch (IndexNotFoundException e) {
                    return null; // gone between the two looks
                }
            }
            return manager;
        }
    }

    private void commit(IndexWriter index) throws IOException {
        index.commit();
        SearcherManager manager = searchers;
        if (manager != null) {
            manager.maybeRefreshBlocking();
        }
    }

    private Document document(Point point, String key) {
        if (point.vector().length != shape.dimension()) {
            throw new IllegalArgumentException(
                    "a vector must have " + shape.dimension() + " parts: " + point.vector().length);
        }
        VectorSimilarityFunction function = LuceneWriting.function(shape);
        Document document = new Document();
        document.add(new StringField(KEY, key, Field.Store.NO));
        document.add(new StringField(GAME, Integer.toString(point.game()), Field.Store.NO));
        document.add(new StringField(MODEL, model(point.game(), point.version()), Field.Store.NO));
        document.add(new StringField(ID, point.id(), Field.Store.YES));
        document.add(new KnnFloatVectorField(VECTOR, point.vector(), function));
        return document;
    }

    private static Query query(Filter filter) {
        BooleanQuery.Builder query = new BooleanQuery.Builder();
        Term tenant = filter.version().isPresent()
                ? new Term(MODEL, model(filter.game(), filter.version().getAsInt()))
                : new Term(GAME, Integer.toString(filter.game()));
        query.add(new TermQuery(tenant), Occur.FILTER);
        if (!filter.only().isEmpty()) {
            query.add(ids(filter.only()), Occur.FILTER);
        }
        if (!filter.without().isEmpty()) {
            query.add(ids(filter.without()), Occur.MUST_NOT);
        }
        return query.build();
    }

    private static Query ids(Collection<String> ids) {
        Function<String, BytesRef> term = BytesRef::new;
        return new TermInSetQuery(ID, ids.stream().map(term).collect(Collectors.toList()));
    }

    private static String model(int game, int version) {
        return game + "/" + version;
    }

    private static String key(int game, int version, String id) {
        return model(game, version) + "/" + id;
    }

    private IndexWriter requireWriter() {
        if (writer == null) {
            throw new IllegalStateException("this process only reads the vectors");
        }
        return writer;
    }
}
