/**
 * Who may use whom, what things are called and where they lie: rules over all modules that fail the build. Each is shown
 * to catch one deliberately wrong fixture, in {@code wrong}, which repeats the system's packages.
 */
@NullMarked
package io.gamemetrics.infrastructure.architecturetests;

import org.jspecify.annotations.NullMarked;
