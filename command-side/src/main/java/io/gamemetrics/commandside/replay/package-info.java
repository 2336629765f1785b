/** What operators want of projections: rebuilding them beside the live ones, and how they are doing. */
@NullMarked
package io.gamemetrics.commandside.replay;

import org.jspecify.annotations.NullMarked;
