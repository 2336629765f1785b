/** What read stores share: checkpoints that move together with, or right after, what the events changed. */
@NullMarked
package io.gamemetrics.infrastructure.readstore;

import org.jspecify.annotations.NullMarked;
