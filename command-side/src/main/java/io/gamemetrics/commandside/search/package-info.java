/** Searches of what no projection keeps: events, what was refused, Kafka's log, the databases beside. For proofs. */
@NullMarked
package io.gamemetrics.commandside.search;

import org.jspecify.annotations.NullMarked;
