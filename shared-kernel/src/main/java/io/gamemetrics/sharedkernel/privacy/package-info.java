/** What is personal in the language of the game. */
@NullMarked
package io.gamemetrics.sharedkernel.privacy;

import org.jspecify.annotations.NullMarked;
