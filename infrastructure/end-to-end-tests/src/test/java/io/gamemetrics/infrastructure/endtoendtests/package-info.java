/** Journeys through the whole platform, as its users make them: the command line, HTTP and GraphQL only. */
@NullMarked
package io.gamemetrics.infrastructure.endtoendtests;

import org.jspecify.annotations.NullMarked;
