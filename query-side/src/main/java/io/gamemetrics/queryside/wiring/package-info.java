/** How the service is put together. */
@NullMarked
package io.gamemetrics.queryside.wiring;

import org.jspecify.annotations.NullMarked;
