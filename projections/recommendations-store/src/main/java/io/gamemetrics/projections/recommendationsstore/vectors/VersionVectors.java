package io.gamemetrics.projections.recommendationsstore.vectors;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Names of one version, in a store of several. */
final class VersionVectors implements VectorStore {

    private final VectorStore all;
    private final String suffix;

    VersionVectors(VectorStore all, int version) {
        this.all = all;
        this.suffix = version == 1 ? "" : "-v" + version;
    }

    @Override
    public void create(String collection, Shape shape) {
        all.create(collection + suffix, shape);
    }

    @Override
    public void upsert(String name, Collection<Point> points) {
        all.upsert(name + suffix, points);
    }

    @Override
    public void delete(String name, Filter filter) {
        all.delete(name + suffix, filter);
    }

    @Override
    public List<Hit> nearest(String name, float[] vector, Filter filter, int k) {
        return all.nearest(name + suffix, vector, filter, k);
    }

    @Override
    public long count(String name, Filter filter) {
        return all.count(name + suffix, filter);
    }

    @Override
    public void forEachText(String name, Consumer<String> each) {
        all.forEachText(name + suffix, each);
    }

    @Override
    public void switchTo(String alias, String collection) {
        all.switchTo(alias + suffix, collection + suffix);
    }

    @Override
    public void drop(String alias) {
        all.drop(alias + suffix);
    }

    @Override
    public Optional<String> meant(String alias) {
        return all.meant(alias + suffix)
                .map(collection -> collection.substring(0, collection.length() - suffix.length()));
    }

    @Override
    public long diskBytes(String alias) {
        return all.diskBytes(alias + suffix);
    }

    @Override
    public void close() {
        // Whoever opened the store closes it.
    }
}
