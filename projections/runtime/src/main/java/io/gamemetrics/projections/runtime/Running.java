package io.gamemetrics.projections.runtime;

/** Something that keeps a projection up to date in this process. Safe for concurrent use. */
public interface Running {

    /** How it is doing now. */
    ProjectionStatus status();
}
