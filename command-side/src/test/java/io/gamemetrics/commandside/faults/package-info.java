/** What is true of the events after servers and processes died under full load. */
@NullMarked
package io.gamemetrics.commandside.faults;

import org.jspecify.annotations.NullMarked;
