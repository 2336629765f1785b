package io.gamemetrics.projections.livetail;

import io.gamemetrics.infrastructure.readstore.Person;
import io.gamemetrics.projections.livetailstore.LiveTailCleaner;
import io.gamemetrics.projections.runtime.Exporting;
import java.util.Collection;
import java.util.Map;

/** The latest events, for the players who sent them. */
record LiveTailExporting(LiveTailCleaner cleaner) implements Exporting {

    @Override
    public Map<String, String> tables() {
        return Map.of("entry", "The player's events among the latest of the game, as they are shown live.");
    }

    @Override
    public void export(int version, Collection<Person> person, Rows rows) {
        for (Person each : person) {
            cleaner.forEachEntry(each.game(), each.pseudonym().value(), row -> rows.add("entry", row));
        }
    }
}
