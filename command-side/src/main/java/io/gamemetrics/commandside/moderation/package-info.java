/** What moderators decide about players. */
@NullMarked
package io.gamemetrics.commandside.moderation;

import org.jspecify.annotations.NullMarked;
