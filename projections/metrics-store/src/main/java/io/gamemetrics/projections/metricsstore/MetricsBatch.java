package io.gamemetrics.projections.metricsstore;

import io.gamemetrics.sharedkernel.erasure.Remainder;
import io.gamemetrics.sharedkernel.ids.Position;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Events gathered in memory, to be written by {@link MetricsWriter#commit} at once. Used by one thread. */
public final class MetricsBatch {

    final Map<Integer, GameRow> games = new TreeMap<>();
    final List<Rate> rates = new ArrayList<>();
    final Map<Place, EventRow> rows = new LinkedHashMap<>();
    final List<Registration> registrations = new ArrayList<>();
    final List<Amendment> amendments = new ArrayList<>();
    final List<Link> links = new ArrayList<>();
    final List<Gone> gone = new ArrayList<>();
    final List<Contribution> contributions = new ArrayList<>();

    MetricsBatch() {}

    record Rate(int game, String currency, LocalDate day, BigDecimal rate, Position position) {}

    record Place(UUID stream, long sequence) {}

    record Link(int game, int player, int person, UUID personStream) {}

    /** What is left of somebody. */
    record Contribution(int game, UUID id, Remainder remainder) {}

    /** A player of whom nothing is to be left. */
    record Gone(int game, int player, UUID stream) {}

    record Registration(int game, int player, Instant at, long sequence, String acquisition) {}

    /** What became known of an event after it was written: a session start's length, or what a refund gave back. */
    record Amendment(
            int game,
            int player,
            Place place,
            Instant occurredAt,
            EventKind kind,
            @Nullable Long lengthMillis,
            @Nullable String currency,
            @Nullable Long micros,
            @Nullable List<@Nullable String> item) {}

    /** The game's settings from this configuration event on. An older one than is known changes nothing. */
    public void game(
            int number, String gameId, ZoneId zone, String currency, boolean activeByAnyEvent, Position position) {
        games.put(
                number,
                new GameRow(
                        number,
                        gameId,
                        zone,
                        currency,
                        activeByAnyEvent,
                        position.incarnation(),
                        position.number(),
                        null));
    }

    /** What one unit of a currency is worth from this day on. An older word than is known changes nothing. */
    public void rate(int game, String currency, LocalDate day, BigDecimal rate, Position position) {
        rates.add(new Rate(game, currency, day, rate, position));
    }

    public void add(EventRow row) {
        rows.put(new Place(row.stream, row.sequence), row);
    }

    /** Where a player came from, as the registration at this place says. The latest by {@code at} counts. */
    public void acquired(int game, int player, Instant at, long sequence, String acquisition) {
        registrations.add(new Registration(game, player, at, sequence, acquisition));
    }

    /** From the beginning of time on, all that this player did was done by that person. Said once of a player. */
    public void linked(int game, int player, int person, UUID personStream) {
        links.add(new Link(game, player, person, personStream));
    }

    /** A session that had been started at this place turned out to be so long. */
    public void sessionLength(
            int game, int player, UUID stream, long startSequence, Instant startedAt, long lengthMillis) {
        Place place = new Place(stream, startSequence);
        EventRow row = rows.get(place);
        if (row != null) {
            row.lengthMillis(lengthMillis);
            return;
        }
        amendments.add(new Amendment(
                game, player, place, startedAt, EventKind.SESSION_STARTED, lengthMillis, null, null, null));
    }

    /** A refund that had come at this place, before its purchase, gives back so much. */
    public void refundSettled(
            int game,
            int player,
            UUID stream,
            long refundSequence,
            Instant refundedAt,
            String itemId,
            String itemType,
            String currency,
            long micros) {
        Place place = new Place(stream, refundSequence);
        EventRow row = rows.get(place);
        if (row != null) {
            row.item(itemId, itemType).money(currency, micros);
            return;
        }
        amendments.add(new Amendment(
                game,
                player,
                place,
                refundedAt,
                EventKind.PURCHASE_REFUNDED,
                null,
                currency,
                micros,
                List.of(itemId, itemType)));
    }

    /**
     * All there is of this player, and of the person they count for, is taken away, here and in the tables, the places of their
     * parked events included. All players of a person are erased together, each at the end of their own stream.
     */
    public void erased(int game, int player, UUID stream) {
        rows.keySet().removeIf(place -> place.stream().equals(stream));
        amendments.removeIf(event -> event.place().stream().equals(stream));
        registrations.removeIf(said -> said.game() == game && said.player() == player);
        links.removeIf(link -> link.game() == game && link.player() == player);
        gone.add(new Gone(game, player, stream));
    }

    /**
     * What stays in sums of a person who was erased. Again changes nothing.
     *
     * @param contribution the same for all parts of one person's remainder
     */
    public void contributed(int game, UUID contribution, Remainder remainder) {
        contributions.add(new Contribution(game, contribution, remainder));
    }
}
