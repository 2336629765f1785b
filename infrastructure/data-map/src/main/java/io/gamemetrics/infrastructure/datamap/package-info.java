/**
 * What is stored about whom: every field of every store, personal or not, what for and until when. Declared in one small
 * file a store, under {@code resources/data-map}; tests compare that with what is really there.
 */
@NullMarked
package io.gamemetrics.infrastructure.datamap;

import org.jspecify.annotations.NullMarked;
