package io.gamemetrics.sharedkernel.privacy;

/**
 * An event in a person's own stream that says nothing of them, and is read for ever: it is kept under the key of their
 * game, since their own is destroyed.
 */
public interface OutlivesItsPerson {}
