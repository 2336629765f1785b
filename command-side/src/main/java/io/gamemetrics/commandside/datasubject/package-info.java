/** What people ask of their data: requests, their clock, and their steps. */
@NullMarked
package io.gamemetrics.commandside.datasubject;

import org.jspecify.annotations.NullMarked;
