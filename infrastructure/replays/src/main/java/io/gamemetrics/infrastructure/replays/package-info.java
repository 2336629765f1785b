/**
 * What is kept of read models' versions and their rebuilding: which one readers ask, what operators wanted, how far it is.
 * Without a word of games.
 */
@NullMarked
package io.gamemetrics.infrastructure.replays;

import org.jspecify.annotations.NullMarked;
