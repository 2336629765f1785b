/** What of each event the live tail keeps. */
@NullMarked
package io.gamemetrics.projections.livetail;

import org.jspecify.annotations.NullMarked;
