package io.gamemetrics.infrastructure.replays;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * How much room there is for a second version of a read model.
 *
 * @param versionBytes what the active version takes; absent where its store can't tell
 * @param freeBytes what is free where versions of it lie, memory or the disk of the data folder, as a process of the
 *     projection saw it last
 */
public record Room(OptionalLong versionBytes, long freeBytes) {

    /** Whether a second version fits; absent where that can't be told. */
    public Optional<Boolean> fits() {
        return versionBytes.isPresent() ? Optional.of(versionBytes.getAsLong() <= freeBytes) : Optional.empty();
    }
}
