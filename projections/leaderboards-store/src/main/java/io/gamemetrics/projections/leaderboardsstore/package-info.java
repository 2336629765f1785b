/**
 * Leaderboards in Redis: key names, Lua scripts, Writer, Reader.
 *
 * <p>Each board lies under a hash tag of its own, {@code gm:leaderboards:{<game's number>:<board>}:…}, so that a cluster
 * spreads boards and every script finds its keys on one node. What the keys hold is said in {@code Keys}; how values are
 * packed and folded, in {@code board.lua}.
 *
 * <p><b>Change notices.</b> When a list has changed, the script that changed it publishes on the channel {@code
 * gm:changed:leaderboard:<game's number>} the text {@code <board>|<incarnation>.<number>}: everything of the batch's
 * partition at or before that position is in the board. A notice may get lost with a connection and says nothing by
 * itself; who hears one, or connects anew, reads. {@link
 * io.gamemetrics.projections.leaderboardsstore.ChangeNotice} writes and reads them.
 */
@NullMarked
package io.gamemetrics.projections.leaderboardsstore;

import org.jspecify.annotations.NullMarked;
