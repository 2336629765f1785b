/** {@code ./gamemetrics}: the operator's command line, a client of the platform's HTTP and GraphQL addresses only. */
@NullMarked
package io.gamemetrics.infrastructure.cli;

import org.jspecify.annotations.NullMarked;
