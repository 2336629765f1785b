/** What people may ask of their data, and what becomes of it. */
@NullMarked
package io.gamemetrics.sharedkernel.datasubject;

import org.jspecify.annotations.NullMarked;
