package io.gamemetrics.sharedkernel.game;

/** What makes a player active on a day. */
public enum ActiveBy {
    ANY_EVENT,
    SESSION_START
}
