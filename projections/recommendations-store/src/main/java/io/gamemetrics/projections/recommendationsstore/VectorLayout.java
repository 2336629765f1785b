package io.gamemetrics.projections.recommendationsstore;

import io.gamemetrics.projections.recommendationsstore.vectors.VectorStore.Shape;
import io.gamemetrics.projections.recommendationsstore.vectors.VectorStore.Similarity;
import java.util.Arrays;

/** Which vectors lie where in the store of vectors. A game is a tenant of both collections. */
public final class VectorLayout {

    /** Items' vectors; a point's id is the item's number. */
    public static final String ITEMS = "recommendations-items";

    /** Shorter ones are filled up with zeros, which changes no inner product. */
    public static final Shape ITEM_SHAPE = new Shape(512, Similarity.DOT);

    /** Persons' vectors; a point's id is the person's pseudonym. */
    public static final String PLAYERS = "recommendations-players";

    /** The first parts of a person's vector: those that tell most apart. */
    public static final Shape PLAYER_SHAPE = new Shape(64, Similarity.COSINE);

    private VectorLayout() {}

    /** The vector as long as its collection's. */
    public static float[] filled(float[] vector, Shape shape) {
        return Arrays.copyOf(vector, shape.dimension());
    }
}
