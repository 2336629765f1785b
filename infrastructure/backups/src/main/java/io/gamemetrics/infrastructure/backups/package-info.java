/** Copies of the event store and of the privacy vault: made while they are used, checked, and put back. */
@NullMarked
package io.gamemetrics.infrastructure.backups;

import org.jspecify.annotations.NullMarked;
