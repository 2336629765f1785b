package io.gamemetrics.projections.runtime;

/** How fast the event store may be read for a projection that is far behind. One thread reads; others write what it read. */
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

    /**
     * Writes what was read for a partition. Of who goes slowly one partition writes at a time: then those who must not wait
     * for a processor, or for the database, find at most one of these before them.
     */
    default void inTurn(Runnable write) {
        write.run();
    }
}
