package io.gamemetrics.queryside.game;

import io.gamemetrics.sharedkernel.ids.GameId;
import io.gamemetrics.sharedkernel.ids.Position;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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

    /** Asks a read model how far it has come. Called from many threads. */
    @FunctionalInterface
    public interface Progress {

        /**
         * Everything at or before this position is in every answer of the read model.
         *
         * @param game any game the caller may read; the position belongs to the whole projection
         * @return absent while it is not known
         */
        @Nullable
        Position position(GameId game);
    }
}
