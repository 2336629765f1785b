package io.gamemetrics.projections.playersstore;

import io.gamemetrics.sharedkernel.ids.Position;
import io.gamemetrics.sharedkernel.money.RevenueKind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/** What events say of players, gathered in memory, to be written by {@link PlayersWriter#commit} at once. Used by one thread. */
public final class PlayersBatch {

    final Map<Integer, Game> games = new TreeMap<>();
    final List<Rate> rates = new ArrayList<>();
    final Map<UUID, PlayerFold> players = new TreeMap<>();
    final Map<Moment, BigInteger> money = new TreeMap<>();
    final SortedSet<UUID> erased = new TreeSet<>();

    PlayersBatch() {}

    record Game(int number, String gameId, ZoneId zone, String currency, boolean anyEvent, Position position) {}

    record Rate(int game, String currency, LocalDate day, BigDecimal rate, Position position) {}

    record Moment(UUID player, short kind, String currency, Instant at) implements Comparable<Moment> {

        private static final Comparator<Moment> ORDER = Comparator.comparing(Moment::player)
                .thenComparing(Moment::kind)
                .thenComparing(Moment::currency)
                .thenComparing(Moment::at);

        @Override
        public int compareTo(Moment other) {
            return ORDER.compare(this, other);
        }
    }

    /** The game's settings from this configuration event on. An older one than is known changes nothing. */
    public void game(
            int number, String gameId, ZoneId zone, String currency, boolean activeByAnyEvent, Position position) {
        games.put(number, new Game(number, gameId, zone, currency, activeByAnyEvent, position));
    }

    /** What one unit of a currency is worth from this day on. An older word than is known changes nothing. */
    public void rate(int game, String currency, LocalDate day, BigDecimal rate, Position position) {
        rates.add(new Rate(game, currency, day, rate, position));
    }

    /** What is said of this player; the same object for all of the batch. */
    public PlayerFold player(int game, UUID player) {
        return players.computeIfAbsent(player, key -> new PlayerFold(game));
    }

    /** An amount in a currency at a moment; nothing is 0 of nothing. */
    public void money(UUID player, RevenueKind kind, String currency, long micros, Instant at) {
        if (micros != 0) {
            Moment moment = new Moment(player, kind.code(), currency, at.truncatedTo(ChronoUnit.SECONDS));
            money.merge(moment, BigInteger.valueOf(micros), BigInteger::add);
        }
    }

    /**
     * All there is of this player is taken away, here and in the tables, the places of their parked events included. A
     * person's other players stay, each with their own history.
     */
    public void erased(UUID player) {
        players.remove(player);
        money.keySet().removeIf(moment -> moment.player().equals(player));
        players.values().forEach(other -> other.unlink(player));
        erased.add(player);
    }
}
