/** The latest events of each game, in Redis: what is kept, how it is written, read and followed. */
@NullMarked
package io.gamemetrics.projections.livetailstore;

import org.jspecify.annotations.NullMarked;
