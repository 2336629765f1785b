package io.gamemetrics.commandside.player;

import io.gamemetrics.sharedkernel.ids.Pseudonym;

/** Everything that a player's aggregate decides about. */
public sealed interface PlayerCommand permits RecordEvents, BanFromLeaderboard, UnbanFromLeaderboard, BeginErasure {

    Pseudonym player();
}
