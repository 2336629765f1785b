package io.gamemetrics.infrastructure.readstore;

import io.gamemetrics.sharedkernel.ids.Pseudonym;

/**
 * A player as read models know them.
 *
 * @param game the game's dense number
 * @param pseudonym also the name of their stream
 * @param player the player's dense number in the game
 */
public record Person(int game, Pseudonym pseudonym, int player) {}
