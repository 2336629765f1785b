/**
 * Real PostgreSQL, Redis and Kafka as child processes: on loopback only, in process groups of their own, with all their
 * files below one folder. Nothing has to be installed.
 */
@NullMarked
package io.gamemetrics.infrastructure.embeddedservers;

import org.jspecify.annotations.NullMarked;
