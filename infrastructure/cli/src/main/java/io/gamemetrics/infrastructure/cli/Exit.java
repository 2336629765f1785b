package io.gamemetrics.infrastructure.cli;

/** How a command ended. The numbers are a promise to scripts. */
enum Exit {
    DONE(0),
    FAILED(1),
    USAGE(2),
    /** The platform understood and said no. */
    REFUSED(3),
    NOT_REACHABLE(4),
    /** Some of it was done, some was refused. */
    PARTLY_DONE(5);

    final int code;

    Exit(int code) {
        this.code = code;
    }
}
