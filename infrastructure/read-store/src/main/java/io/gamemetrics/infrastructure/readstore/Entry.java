package io.gamemetrics.infrastructure.readstore;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a {@link Cell} consists of. Its key names it in every version alike: no number that one version handed out. */
public sealed interface Entry {

    /** Unique in its cell. */
    String key();

    /** The stream its events lie in; absent where they lie in many. */
    @Nullable
    UUID stream();

    /**
     * Something that is the same or not.
     *
     * @param value all that readers could see of it
     */
    record Exact(String key, @Nullable UUID stream, String value) implements Entry {}

    /**
     * Something that is near or far.
     *
     * @param values the vector's components
     * @param learnedFrom what it was learned from, in the store's words: each version learns at moments of its own, and only
     *     two that learned from the same are held against each other
     */
    @SuppressWarnings("ArrayRecordComponent") // Large and only ever measured, never compared as a whole.
    record Vector(String key, @Nullable UUID stream, float[] values, String learnedFrom) implements Entry {}
}
