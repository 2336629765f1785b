/** Answers that go on: over WebSockets and server-sent events, bounded, and ended when their token is. */
@NullMarked
package io.gamemetrics.queryside.subscriptions;

import org.jspecify.annotations.NullMarked;
