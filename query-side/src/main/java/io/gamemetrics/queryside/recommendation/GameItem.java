package io.gamemetrics.queryside.recommendation;

import io.gamemetrics.sharedkernel.ids.GameId;

/** An item somebody had to do with; the fields under {@code Item} start from one. */
record GameItem(GameId game, String id) {}
