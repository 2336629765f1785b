/** What players may like, and what is like what. */
@NullMarked
package io.gamemetrics.queryside.recommendation;

import org.jspecify.annotations.NullMarked;
