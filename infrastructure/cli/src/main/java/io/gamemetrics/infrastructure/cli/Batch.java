package io.gamemetrics.infrastructure.cli;

import java.util.List;

/**
 * Some events that go in one request.
 *
 * @param first the place of the first of them in the source, from 0
 */
record Batch(long first, List<byte[]> events) {

    long end() {
        return first + events.size();
    }
}
