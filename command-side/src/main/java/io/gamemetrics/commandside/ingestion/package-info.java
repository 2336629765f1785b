/** The way in for events: from an HTTP body, through the lanes, to an answer for each event. */
@NullMarked
package io.gamemetrics.commandside.ingestion;

import org.jspecify.annotations.NullMarked;
