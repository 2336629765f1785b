/** What is done again and again beside everything else. */
@NullMarked
package io.gamemetrics.commandside.rounds;

import org.jspecify.annotations.NullMarked;
