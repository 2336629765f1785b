/**
 * The stream: the event store's events carried to Kafka, in order, once, and with watermarks that prove it. Knows bytes
 * and names.
 */
@NullMarked
package io.gamemetrics.infrastructure.eventstream;

import org.jspecify.annotations.NullMarked;
