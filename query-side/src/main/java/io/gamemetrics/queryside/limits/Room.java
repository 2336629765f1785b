package io.gamemetrics.queryside.limits;

/** Whether there is room for more on the way to somebody who follows. Safe for concurrent use. */
@FunctionalInterface
public interface Room {

    /** Of a way that takes everything. */
    Room ALWAYS = () -> {};

    /** Returns when there is, or when nothing goes that way any more. */
    void await() throws InterruptedException;
}
