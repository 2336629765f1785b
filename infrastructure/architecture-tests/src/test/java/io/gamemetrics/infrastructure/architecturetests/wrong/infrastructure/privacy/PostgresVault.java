package io.gamemetrics.infrastructure.architecturetests.wrong.infrastructure.privacy;

/** Stands for the vault that makes players and keys, for the fixtures to use. */
public interface PostgresVault {}
