/** The query editor and the schema as text. */
@NullMarked
package io.gamemetrics.queryside.graphiql;

import org.jspecify.annotations.NullMarked;
