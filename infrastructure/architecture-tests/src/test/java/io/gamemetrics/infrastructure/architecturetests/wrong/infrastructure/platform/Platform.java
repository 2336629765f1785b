package io.gamemetrics.infrastructure.architecturetests.wrong.infrastructure.platform;

/** Stands for the platform, for the fixtures to use. */
public interface Platform {}
