package io.gamemetrics.projections.recommendationsstore.vectors;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Vectors on this machine's disk, a Lucene index a collection: of inner products with an HNSW graph, of cosines looked at
 * one by one. One process writes; others on the same folder read, and see what was written at most {@value LuceneCollection#REFRESH_MILLIS} ms later. What memory it takes
 * is the page cache's, save for 16 MiB while it writes.
 */
public final class LuceneVectors implements VectorStore {

    private static final String ALIAS = ".alias";

    private final Path root;
    private final boolean writes;
    private final Map<String, LuceneCollection> open = new ConcurrentHashMap<>();

    private LuceneVectors(Path root, boolean writes) {
        this.root = root;
        this.writes = writes;
    }

    /** @param root a folder for this store alone; made when it is not there */
    public static LuceneVectors writing(Path root) {
        try {
            Files.createDirectories(root);
        } catch (IOException e) {
            throw new VectorStoreException("the folder of the vectors can't be made", e);
        }
        return new LuceneVectors(root, true);
    }

    /** For a process that only searches. Nothing need be there yet. */
    public static LuceneVectors reading(Path root) {
        return new LuceneVectors(root, false);
    }

    @Override
    public void create(String collection, Shape shape) {
        Path folder = folder(collection);
        try {
            if (!Files.exists(LuceneShape.file(folder))) {
                Files.createDirectories(folder);
                LuceneShape.write(folder, shape);
            }
        } catch (IOException e) {
            throw new VectorStoreException("a collection of vectors can't be made", e);
        }
    }

    @Override
    public void upsert(String name, Collection<Point> points) {
        require(name).upsert(points);
    }

    @Override
    public void delete(String name, Filter filter) {
        require(name).delete(filter);
    }

    @Override
    public List<Hit> nearest(String name, float[] vector, Filter filter, int k) {
        return require(name).nearest(vector, filter, k);
    }

    @Override
    public long count(String name, Filter filter) {
        return require(name).count(filter);
    }

    @Override
    public void forEachText(String name, Consumer<String> each) {
        String collection = meant(name).orElse(name);
        if (Files.exists(LuceneShape.file(folder(collection)))) {
            require(collection).forEachText(each);
        }
    }

    @Override
    public void switchTo(String alias, String collection) {
        Optional<String> before = meant(alias);
        try {
            Path work = root.resolve(alias + ALIAS + ".new");
            Files.writeString(work, collection);
            Files.move(
                    work,
                    root.resolve(alias + ALIAS),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
            if (before.isPresent() && !before.get().equals(collection)) {
                delete(before.get());
            }
        } catch (IOException e) {
            throw new VectorStoreException("an alias of vectors can't be switched", e);
        }
    }

    @Override
    public void drop(String alias) {
        Optional<String> before = meant(alias);
        try {
            Files.deleteIfExists(root.resolve(alias + ALIAS));
            if (before.isPresent()) {
                delete(before.get());
            }
        } catch (IOException e) {
            throw new VectorStoreException("an alias of vectors can't be dropped", e);
        }
    }

    @Override
    public Optional<String> meant(String alias) {
        try {
            return Optional.of(Files.readString(root.resolve(alias + ALIAS)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new VectorStoreException("an alias of vectors can't be read", e);
        }
    }

    /** Files that are merged away while they are counted take nothing. */
    @Override
    public long diskBytes(String alias) {
        Optional<String> collection = meant(alias);
        if (collection.isEmpty()) {
            return 0;
        }
        try (Stream<Path> files = Files.list(folder(collection.get()))) {
            return files.map(Path::toFile).mapToLong(File::length).sum();
        } catch (NoSuchFileException e) {
            return 0;
        } catch (IOException e) {
            throw new VectorStoreException("what vectors take can't be told", e);
        }
    }

    private LuceneCollection require(String name) {
        String collection = meant(name).orElse(name);
        Path folder = folder(collection);
        return open.computeIfAbsent(collection, key -> LuceneCollection.open(folder, writes));
    }

    private Path folder(String collection) {
        Path folder = root.resolve(collection).normalize();
        if (!root.normalize().equals(folder.getParent())) {
            throw new IllegalArgumentException("collection must be a plain name");
        }
        return folder;
    }

    /** Readers that are at it keep their open files. */
    private void delete(String collection) throws IOException {
        @Nullable LuceneCollection gone = open.remove(collection);
        if (gone != null) {
            gone.close();
        }
        Path folder = folder(collection);
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    @Override
    public void close() {
        open.values().forEach(LuceneCollection::close);
        open.clear();
    }
}
