package io.gamemetrics.queryside.game;

import java.util.Set;

/**
 * A read model that fields of {@code Game} are answered from, and how far it has come. Each is a bean; every field of
 * {@code Game} that depends on events is one's.
 *
 * @param name for people, as the projection is called
 * @param fields paths below {@code Game}: {@code player}, {@code player/recommendations}
 * @param progress how far it has come
 */
public record ReadModel(String name, Set<String> fields, Progress progress) {

    public ReadModel {
        fields = Set.copyOf(fields);
    }

    /** Asks a read model how far it has come. Called from many threads; may wait, and throws when its store can't be asked. */
    @FunctionalInterface
    public interface Progress {

        ModelState state();
    }
}
