package io.gamemetrics.projections.recommendationsstore.vectors;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Keeps vectors and finds the nearest. Points live in collections; callers speak to a collection by a name, its alias,
 * which is switched from one to the next in one step. Everything here can be made again from elsewhere. Safe for
 * concurrent use. Every method throws {@link VectorStoreException} when the store can't be asked.
 */
public interface VectorStore extends AutoCloseable {

    /** Makes an empty collection, not yet behind any alias; one there is stays as it is. */
    void create(String collection, Shape shape);

    /**
     * Adds points, or replaces those with the same game, version and id; readers see them when this returns.
     *
     * @param name a collection, or an alias for one
     */
    void upsert(String name, Collection<Point> points);

    /** Deletes all points the filter lets through, which may be none. */
    void delete(String name, Filter filter);

    /**
     * The points nearest to a vector, best first, equal ones in any order; fewer when there are no more.
     *
     * @param k 1 or more
     */
    List<Hit> nearest(String name, float[] vector, Filter filter, int k);

    /** How many points the filter lets through. */
    long count(String name, Filter filter);

    /** Gives every text that is stored with any point, of all games and versions, in no order; nothing when there is no such collection. */
    void forEachText(String name, Consumer<String> each);

    /** From now on {@code alias} means {@code collection}; what it meant before is deleted. Again changes nothing. */
    void switchTo(String alias, String collection);

    /** Deletes the alias and the collection it means. Again changes nothing. */
    void drop(String alias);

    /** What the alias means; absent before the first {@link #switchTo}. */
    Optional<String> meant(String alias);

    /** What the collection an alias means takes on this machine's disk: 0 when it means none, or vectors lie elsewhere. */
    long diskBytes(String alias);

    @Override
    void close();

    /**
     * What the points of a collection look like.
     *
     * @param dimension of every vector
     */
    record Shape(int dimension, Similarity similarity) {}

    /** How near two vectors are; more is nearer. */
    enum Similarity {
        /** The inner product, of whatever length the vectors are. */
        DOT,
        /** The cosine of the angle between them, −1 to 1. A vector of length 0 has none and must not be stored. */
        COSINE
    }

    /**
     * One vector.
     *
     * @param game the tenant: the game's number
     * @param version of the model it was made with
     * @param id unique in its game and version
     */
    record Point(int game, int version, String id, float[] vector) {

        @Override
        public String toString() {
            return "Point[" + game + "/" + version + "/…]";
        }
    }

    /** @param score as the collection's {@link Similarity} says */
    record Hit(String id, double score) {

        @Override
        public String toString() {
            return "Hit[…, " + score + "]";
        }
    }
}
