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
import java.util.IdentityHashMap;
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

    private static final long SECONDS_OF_DAY = 86_400;

    final MetricsBatch batch;
    final PlayerFold players = new PlayerFold();
    final NameFold names = new NameFold();
    private final List<Placed> rows;
    private final List<Worded> worded;
    private final Map<Term, Term> terms = new HashMap<>();
    private EventCopy copy;
    private OpenEvents open = new OpenEvents();
    private EventHorizon horizon = EventHorizon.NONE;
    private final IdentityHashMap<Term, Integer> numbers = new IdentityHashMap<>();
    private DayFold days = new DayFold();
    private Links links = new Links();
    private @Nullable Map<Integer, Days> countedIn;
    /** Of any row, and of rows that a player did. */
    private final Set<Integer> rowGames = new HashSet<>();

    private final Set<Integer> playedGames = new HashSet<>();
    private @Nullable Term lastSegment;
    private final TouchedDays touched = new TouchedDays();
    private final Set<Long> utcDays = new HashSet<>();
    private long numbersHoldAt;

    private record Days(ZoneId zone, @Nullable LocalDate from) {}

    private record Placed(EventRow row, int player, int segment) {}

    /** A row and its texts; equal ones are the same, so that each is compared once. */
    private record Worded(
            EventRow row,
            Term segment,
            @Nullable Term name,
            @Nullable Term item,
            List<Term> fields) {}

    Flush(MetricsBatch batch) {
        this.batch = batch;
        this.copy = new EventCopy(batch.rows.size());
        this.rows = new ArrayList<>(batch.rows.size());
        this.worded = new ArrayList<>(batch.rows.size());
        for (EventRow row : batch.rows.values()) {
            worded.add(worded(row));
            rowGames.add(row.game);
            touched.add(row.game, row.occurredAt);
            utcDays.add(Math.floorDiv(row.occurredAt.getEpochSecond(), SECONDS_OF_DAY));
        }
        for (Amendment amendment : batch.amendments) {
            touched.add(amendment.game(), amendment.occurredAt());
            if (amendment.item() != null) {
                only(new Term(amendment.game(), Terms.ITEM, amendment.item()));
            }
        }
        batch.contributions.forEach(contribution ->
                contribution.remainder().days().forEach(day -> only(Contributions.term(contribution.game(), day))));
    }

    private Worded worded(EventRow row) {
        return new Worded(
                row,
                segment(row),
                row.name == null ? null : only(new Term(row.game, Terms.NAME, List.of(row.name))),
                row.item == null ? null : only(new Term(row.game, Terms.ITEM, row.item)),
                row.fields.isEmpty()
                        ? List.of()
                        : row.fields.keySet().stream()
                                .map(field -> only(new Term(row.game, Terms.FIELD, List.of(field))))
                                .toList());
    }

    /** A player's events come together, and most are of one segment: comparing costs less than looking up. */
    private Term segment(EventRow row) {
        Term last = lastSegment;
        if (last == null || last.game() != row.game || !last.parts().equals(row.segment)) {
            last = only(new Term(row.game, Terms.SEGMENT, row.segment));
            lastSegment = last;
        }
        return last;
    }

    private Term only(Term term) {
        Term known = terms.putIfAbsent(term, term);
        return known == null ? term : known;
    }

    SortedSet<Integer> games() {
        SortedSet<Integer> games = new TreeSet<>(batch.games.keySet());
        batch.rates.forEach(rate -> games.add(rate.game()));
        games.addAll(rowGames);
        batch.amendments.forEach(amendment -> games.add(amendment.game()));
        batch.links.forEach(link -> games.add(link.game()));
        batch.gone.forEach(gone -> games.add(gone.game()));
        batch.contributions.forEach(contribution -> games.add(contribution.game()));
        return games;
    }

    /** The last moments of the days, in UTC, on which events occurred that are kept under that horizon. */
    List<Instant> instants(EventHorizon under) {
        return utcDays.stream()
                .map(day -> Instant.ofEpochSecond((day + 1) * SECONDS_OF_DAY - 1))
                .filter(under::keeps)
                .toList();
    }

    /** @param times how often texts had been taken away when their numbers were looked up */
    void numbersHoldAt(long times) {
        numbersHoldAt = times;
    }

    /** Whether the numbers of its texts are still theirs. */
    boolean numbersHold(long times) {
        return terms.isEmpty() || numbersHoldAt == times;
    }

    /** Every text of the batch. */
    Set<Term> terms() {
        return terms.keySet();
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
        terms.keySet().forEach(term -> this.numbers.put(term, number(numbers, term)));
        for (Worded each : worded) {
            EventRow row = each.row;
            EventCopy.Numbers texts = texts(each);
            Links.Person person = links.personOf(row.game, row.player);
            int player = person == null ? row.player : person.player();
            keep(row, player, texts);
            names.count(row.game, row.kind, texts.name(), row.occurredAt);
            if (row.player != EventRow.NO_PLAYER) {
                rows.add(new Placed(row, player, texts.segment()));
                playedGames.add(row.game);
                players.event(row, person);
            }
        }
        batch.registrations.forEach(registration -> players.registered(registration, links));
        days(settings);
    }

    private EventCopy.Numbers texts(Worded row) {
        List<Integer> fields = row.fields.isEmpty()
                ? List.of()
                : row.fields.stream().map(field -> number(numbers, field)).toList();
        return new EventCopy.Numbers(
                number(numbers, row.segment),
                row.name == null ? 0 : number(numbers, row.name),
                row.item == null ? 0 : number(numbers, row.item),
                fields);
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
            worded.forEach(each -> keep(each.row, links.numberOf(each.row.game, each.row.player), texts(each)));
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
        for (int game : playedGames) {
            GameRow known = settings.get(game);
            if (known == null) {
                throw new IllegalStateException("event of a game that was never created: game=" + game);
            }
            counted.put(game, new Days(known.zone(), known.daysFrom()));
        }
        if (!counted.equals(countedIn)) {
            DayFold fold = new DayFold();
            LocalDays local = new LocalDays();
            for (Placed placed : rows) {
                EventRow row = placed.row;
                GameRow game = Objects.requireNonNull(settings.get(row.game));
                LocalDate day = local.of(row.occurredAt, game);
                if (game.counts(day)) {
                    fold.event(new PlayerDay(row.game, day, placed.player, placed.segment), row);
                }
            }
            days = fold;
            countedIn = counted;
        }
        return days;
    }

    /** Which days of which games it changes under these settings. */
    Map<Integer, MetricsMove.Days> touched(Map<Integer, GameRow> settings) {
        Map<Integer, MetricsMove.Days> days = touched.under(settings);
        // Another time zone, currency or rate, or two players who are one, may change any day.
        batch.games.keySet().forEach(game -> days.put(game, MetricsMove.Days.ANY));
        batch.links.forEach(link -> days.put(link.game(), MetricsMove.Days.ANY));
        batch.rates.forEach(rate -> days.put(rate.game(), MetricsMove.Days.ANY));
        batch.gone.forEach(gone -> days.put(gone.game(), MetricsMove.Days.ANY));
        batch.contributions.forEach(contribution -> days.put(contribution.game(), MetricsMove.Days.ANY));
        return days;
    }

    /** The number an amended event is counted under. */
    int playerOf(Amendment amendment) {
        return links.numberOf(amendment.game(), amendment.player());
    }

    /** The number of the item it names; absent: it names none. */
    @Nullable
    Integer itemOf(Amendment amendment) {
        return amendment.item() == null
                ? null
                : number(numbers, only(new Term(amendment.game(), Terms.ITEM, amendment.item())));
    }

    /** The number of a text of the batch. */
    int numberOf(Term term) {
        return number(numbers, only(term));
    }

    private static int number(Map<Term, Integer> numbers, Term term) {
        Integer number = numbers.get(term);
        if (number == null) {
            throw new IllegalStateException("text without a number: sort=" + term.sort());
        }
        return number;
    }
}
