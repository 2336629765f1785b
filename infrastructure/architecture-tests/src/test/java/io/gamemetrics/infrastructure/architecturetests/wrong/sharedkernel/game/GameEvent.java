package io.gamemetrics.infrastructure.architecturetests.wrong.sharedkernel.game;

/** Stands for an event of the kernel, for the fixtures to use. */
public interface GameEvent {}
