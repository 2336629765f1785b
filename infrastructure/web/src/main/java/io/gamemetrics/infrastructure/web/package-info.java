/**
 * What every HTTP service of the platform shares: who calls, what they may do, how errors look, and the limits on a request.
 *
 * <p>A service annotates its application class with {@link io.gamemetrics.infrastructure.web.HttpService} and starts
 * from {@link io.gamemetrics.infrastructure.web.WebDefaults}.
 */
@NullMarked
package io.gamemetrics.infrastructure.web;

import org.jspecify.annotations.NullMarked;
