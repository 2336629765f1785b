/** Real servers for tests. Used in test scope only. */
@NullMarked
package io.gamemetrics.infrastructure.testkit;

import org.jspecify.annotations.NullMarked;
