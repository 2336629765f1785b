package io.gamemetrics.queryside.game;

import io.gamemetrics.sharedkernel.ids.GameId;

/** A game its caller may read, known to exist: every field under {@code Game} starts from one. */
public record GrantedGame(GameId id) {}
