package io.gamemetrics.infrastructure.architecturetests.wrong.commandside;

/** Stands for a part of the command side, for the fixtures to use. */
public interface Service {}
