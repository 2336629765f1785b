package io.gamemetrics.sharedkernel.game;

/** Whether a game's numbers matter; a test game can be wiped. */
public enum Stage {
    LIVE,
    TEST
}
