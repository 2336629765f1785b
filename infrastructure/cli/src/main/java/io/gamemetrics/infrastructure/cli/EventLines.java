package io.gamemetrics.infrastructure.cli;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Events in the order of their source, each as the JSON text that is sent. Used by one thread. */
interface EventLines extends AutoCloseable {

    /** The next event; null after the last. */
    byte @Nullable [] next() throws IOException;

    /** How much of the source has been read, from 0 to 1; negative when nobody can know. */
    double fractionRead();

    /** Tells this source from another one and from itself after a change; null when it cannot be read again. */
    @Nullable
    String identity();

    @Override
    void close() throws IOException;
}
