package io.gamemetrics.commandside.player;

import io.gamemetrics.sharedkernel.ids.Pseudonym;
import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Take nothing of this player any more.
 *
 * @param at when their erasure began
 */
public record BeginErasure(@TargetAggregateIdentifier Pseudonym player, Instant at) implements PlayerCommand {}
