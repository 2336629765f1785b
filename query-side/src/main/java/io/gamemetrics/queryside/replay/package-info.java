/** How projections and replays are doing, for operators who follow them. */
@NullMarked
package io.gamemetrics.queryside.replay;

import org.jspecify.annotations.NullMarked;
