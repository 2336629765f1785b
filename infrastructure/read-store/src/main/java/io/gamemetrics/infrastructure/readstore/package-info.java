/** What every read store on PostgreSQL shares: checkpoints that move together with what the events changed. */
@NullMarked
package io.gamemetrics.infrastructure.readstore;

import org.jspecify.annotations.NullMarked;
