/** The one place that knows every event: stable numbers and names, revisions, and how each lies in the store. */
@NullMarked
package io.gamemetrics.infrastructure.eventcatalog;

import org.jspecify.annotations.NullMarked;
