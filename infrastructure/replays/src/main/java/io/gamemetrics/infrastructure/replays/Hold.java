package io.gamemetrics.infrastructure.replays;

import io.gamemetrics.sharedkernel.ids.Position;
import java.util.Map;

/**
 * Where the version nobody reads waits, so that it can be compared.
 *
 * @param positions how far each partition may go, by partition; one that is missing stays where it is
 */
public record Hold(Map<Integer, Position> positions) {

    public Hold {
        positions = Map.copyOf(positions);
    }
}
