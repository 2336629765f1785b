/** The whole platform as one program: embedded real servers and every service, on this machine's loopback address. */
@NullMarked
package io.gamemetrics.infrastructure.platform;

import org.jspecify.annotations.NullMarked;
