package io.gamemetrics.projections.runtime;

/** How fast the event store may be read for a projection that is far behind. Called from one thread. */
@FunctionalInterface
public interface Pace {

    /** As fast as it goes. */
    Pace UNBOUNDED = events -> {};

    /** Waits until so many more events may be handled. */
    void await(int events) throws InterruptedException;

    /** How many events to ask for at once at most, from 1: who goes slowly goes in small steps. */
    default int most() {
        return Integer.MAX_VALUE;
    }
}
