package io.gamemetrics.projections.metricsstore;

import io.gamemetrics.projections.metricsstore.DayFold.PlayerDay;
import io.gamemetrics.projections.metricsstore.MetricsBatch.Amendment;
import io.gamemetrics.projections.metricsstore.Terms.Term;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One batch made ready to be written: texts are numbers, rows are bytes, sums are folded, all of it before the
 * transaction begins. Used by one thread at a time.
 */
final class Flush {

    final MetricsBatch batch;
    final PlayerFold players = new PlayerFold();
    final NameFold names = new NameFold();
    private final List<Placed> rows;
    private EventCopy copy;
    private OpenEvents open = new OpenEvents();
    private EventHorizon horizon = EventHorizon.NONE;
    private final Map<Term, Integer> numbers = new HashMap<>();
    private DayFold days = new DayFold();
    private Links links = new Links();
    private @Nullable Map<Integer, Days> countedIn;
    private final Set<Integer> rowGames = new HashSet<>();

    private record Days(ZoneId zone, @Nullable LocalDate from) {}

    private record Placed(EventRow row, int player, int segment) {}

    Flush(MetricsBatch batch) {
        this.batch = batch;
        this.copy = new EventCopy(batch.rows.size());
        this.rows = new ArrayList<>(batch.rows.size());
    }

    SortedSet<Integer> games() {
        SortedSet<Integer> games = new TreeSet<>(batch.games.keySet());
        batch.rates.forEach(rate -> games.add(rate.game()));
        batch.rows.values().forEach(row -> games.add(row.game));
        batch.amendments.forEach(amendment -> games.add(amendment.game()));
        batch.links.forEach(link -> games.add(link.game()));
        return games;
    }

    /** When the events occurred that are kept under that horizon. */
    List<Instant> instants(EventHorizon under) {
        return batch.rows.values().stream()
                .map(row -> row.occurredAt)
                .filter(under::keeps)
                .toList();
    }

    /** Every text of the batch. */
    Set<Term> terms() {
        Set<Term> terms = new HashSet<>();
        for (EventRow row : batch.rows.values()) {
            terms.add(new Term(row.game, Terms.SEGMENT, row.segment));
            if (row.name != null) {
                terms.add(new Term(row.game, Terms.NAME, List.of(row.name)));
            }
            if (row.item != null) {
                terms.add(new Term(row.game, Terms.ITEM, row.item));
            }
            row.fields.keySet().forEach(field -> terms.add(new Term(row.game, Terms.FIELD, List.of(field))));
        }
        for (Amendment amendment : batch.amendments) {
            if (amendment.item() != null) {
                terms.add(new Term(amendment.game(), Terms.ITEM, amendment.item()));
            }
        }
        return terms;
    }

    /**
     * Does all that needs no transaction.
     *
     * @param numbers of every text
     * @param links of every player in it
     * @param settings of every game as they are now; what is locked later counts
     * @param under the horizon as it is now; what the transaction sees counts
     */
    void prepare(Map<Term, Integer> numbers, Links links, Map<Integer, GameRow> settings, EventHorizon under) {
        this.horizon = under;
        this.links = links;
        this.numbers.putAll(numbers);
        for (EventRow row : batch.rows.values()) {
            EventCopy.Numbers texts = texts(row);
            Links.Person person = links.personOf(row.game, row.player);
            int player = person == null ? row.player : person.player();
            keep(row, player, texts);
            names.count(row.game, row.kind, texts.name(), row.occurredAt);
            if (row.player != EventRow.NO_PLAYER) {
                rows.add(new Placed(row, player, texts.segment()));
                rowGames.add(row.game);
                players.event(row, person);
            }
        }
        batch.registrations.forEach(registration -> players.registered(registration, links));
        days(settings);
    }

    private EventCopy.Numbers texts(EventRow row) {
        int segment = number(row.game, Terms.SEGMENT, row.segment);
        int name = row.name == null ? 0 : number(row.game, Terms.NAME, List.of(row.name));
        List<Integer> fields = new ArrayList<>(row.fields.size());
        row.fields.keySet().forEach(field -> fields.add(number(row.game, Terms.FIELD, List.of(field))));
        int item = row.item == null ? 0 : number(row.game, Terms.ITEM, row.item);
        return new EventCopy.Numbers(segment, name, item, fields);
    }

    private void keep(EventRow row, int player, EventCopy.Numbers texts) {
        if (horizon.keeps(row.occurredAt)) {
            copy.add(row, player, texts);
        } else if (OpenEvents.isOpen(row)) {
            open.add(row, texts.segment());
        }
    }

    /** Its rows as they are kept under the horizon: when that has moved since they were made, made again. */
    EventCopy copy(EventHorizon under) {
        if (!under.equals(horizon)) {
            horizon = under;
            copy = new EventCopy(batch.rows.size());
            open = new OpenEvents();
            batch.rows.values().forEach(row -> keep(row, links.numberOf(row.game, row.player), texts(row)));
        }
        return copy;
    }

    /** What of its rows is not kept and may yet be completed, under the horizon its {@link #copy} was last asked for. */
    OpenEvents open() {
        return open;
    }

    /**
     * The sums of its rows by local days under these settings, what amendments add left out.
     *
     * @throws IllegalStateException when a row's game is not among them
     */
    DayFold days(Map<Integer, GameRow> settings) {
        Map<Integer, Days> counted = new HashMap<>();
        for (int game : rowGames) {
            GameRow known = settings.get(game);
            if (known == null) {
                throw new IllegalStateException("event of a game that was never created: game=" + game);
            }
            counted.put(game, new Days(known.zone(), known.daysFrom()));
        }
        if (!counted.equals(countedIn)) {
            DayFold fold = new DayFold();
            for (Placed placed : rows) {
                EventRow row = placed.row;
                GameRow game = Objects.requireNonNull(settings.get(row.game));
                LocalDate day = game.dayOf(row.occurredAt);
                if (game.counts(day)) {
                    fold.event(new PlayerDay(row.game, day, placed.player, placed.segment), row);
                }
            }
            days = fold;
            countedIn = counted;
        }
        return days;
    }

    /** The number an amended event is counted under. */
    int playerOf(Amendment amendment) {
        return links.numberOf(amendment.game(), amendment.player());
    }

    /** The number of the item it names; absent: it names none. */
    @Nullable
    Integer itemOf(Amendment amendment) {
        return amendment.item() == null ? null : number(amendment.game(), Terms.ITEM, amendment.item());
    }

    private int number(int game, char sort, List<@Nullable String> parts) {
        Integer number = numbers.get(new Term(game, sort, parts));
        if (number == null) {
            throw new IllegalStateException("text without a number: sort=" + sort);
        }
        return number;
    }
}
