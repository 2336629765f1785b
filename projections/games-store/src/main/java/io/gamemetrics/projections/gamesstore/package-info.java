/** The games and their keys as the query side reads them, in PostgreSQL: schema, Writer, Reader. */
@NullMarked
package io.gamemetrics.projections.gamesstore;

import org.jspecify.annotations.NullMarked;
