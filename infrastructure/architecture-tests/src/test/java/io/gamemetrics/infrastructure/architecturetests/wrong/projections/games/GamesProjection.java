package io.gamemetrics.infrastructure.architecturetests.wrong.projections.games;

/** Stands for another projection, for the fixtures to use. */
public interface GamesProjection {}
