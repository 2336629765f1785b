package io.gamemetrics.commandside.player;

/** What became of one candidate. */
public sealed interface Decision {

    /** The candidate's place in the request, from 0. */
    int index();

    /** It is true from now on. */
    record Accepted(int index) implements Decision {}

    /** The same event with the same content had been accepted before; nothing changes. */
    record Duplicate(int index) implements Decision {}

    /** A rule said no. */
    record Rejected(int index, Refusal refusal) implements Decision {}
}
