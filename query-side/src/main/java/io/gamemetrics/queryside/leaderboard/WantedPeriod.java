package io.gamemetrics.queryside.leaderboard;

import io.gamemetrics.projections.leaderboardsstore.BoardRule;
import io.gamemetrics.projections.leaderboardsstore.Period;
import java.time.Instant;
import java.util.Arrays;

/** The period somebody asks for: one by name, or the one that runs now. */
public sealed interface WantedPeriod {

    /**
     * Reads {@code ALL_TIME}, {@code DAILY}, {@code WEEKLY}, {@code MONTHLY} or a period's name.
     *
     * @throws IllegalArgumentException when it is something else
     */
    static WantedPeriod parse(String text) {
        return Arrays.stream(Period.Kind.values())
                .filter(kind -> kind.name().equals(text))
                .findFirst()
                .<WantedPeriod>map(Running::new)
                .orElseGet(() -> new Named(Period.parse(text)));
    }

    /** What a board shows to who asks for no period. */
    static WantedPeriod shownBy(BoardRule rule) {
        return new Running(
                switch (rule.reset()) {
                    case NEVER -> Period.Kind.ALL_TIME;
                    case DAILY -> Period.Kind.DAILY;
                    case WEEKLY -> Period.Kind.WEEKLY;
                    case MONTHLY -> Period.Kind.MONTHLY;
                });
    }

    /** The period meant, at this moment and in the board's time zone. */
    Period at(Instant now, BoardRule rule);

    /** The period of this kind that runs now. */
    record Running(Period.Kind kind) implements WantedPeriod {
        @Override
        public Period at(Instant now, BoardRule rule) {
            return Period.of(kind, now.atZone(rule.zone()).toLocalDate());
        }

        @Override
        public String toString() {
            return kind.name();
        }
    }

    /** One by name. */
    record Named(Period period) implements WantedPeriod {
        @Override
        public Period at(Instant now, BoardRule rule) {
            return period;
        }

        @Override
        public String toString() {
            return period.toString();
        }
    }
}
