/** Players: who they are to whom, and what is known of them. */
@NullMarked
package io.gamemetrics.queryside.player;

import org.jspecify.annotations.NullMarked;
