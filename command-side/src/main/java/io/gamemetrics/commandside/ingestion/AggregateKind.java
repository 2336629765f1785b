package io.gamemetrics.commandside.ingestion;

import io.gamemetrics.commandside.player.KnownEvents.Question;
import io.gamemetrics.commandside.player.Player;
import io.gamemetrics.commandside.player.PlayerCommand;
import io.gamemetrics.commandside.player.RecordUnattributedEvents;
import io.gamemetrics.commandside.player.UnattributedEvents;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * What the lanes have to know of an aggregate beside its handlers.
 *
 * @param questions what deciding the command is going to ask of the past
 * @param fromSnapshot makes an aggregate of its name and what {@code toSnapshot} kept
 */
record AggregateKind<A, C>(
        Class<A> type,
        Class<C> command,
        BiFunction<A, C, Set<Question>> questions,
        Function<A, byte[]> toSnapshot,
        BiFunction<String, byte[], A> fromSnapshot) {

    static final AggregateKind<Player, PlayerCommand> PLAYER = new AggregateKind<>(
            Player.class, PlayerCommand.class, Player::questions, Player::toSnapshot, Player::ofSnapshot);

    static final AggregateKind<UnattributedEvents, RecordUnattributedEvents> UNATTRIBUTED = new AggregateKind<>(
            UnattributedEvents.class,
            RecordUnattributedEvents.class,
            UnattributedEvents::questions,
            UnattributedEvents::toSnapshot,
            UnattributedEvents::ofSnapshot);
}
