package io.gamemetrics.projections.livetail;

import io.gamemetrics.infrastructure.readstore.Hit;
import io.gamemetrics.infrastructure.readstore.Needles;
import io.gamemetrics.infrastructure.readstore.Person;
import io.gamemetrics.projections.livetailstore.LiveTailCleaner;
import io.gamemetrics.projections.runtime.Erasing;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the live tail holds of persons; there is one version of it. */
record LiveTailErasing(LiveTailCleaner cleaner) implements Erasing {

    @Override
    public Map<String, Long> held(int version, Collection<Person> persons) {
        Map<String, Long> held = new TreeMap<>();
        for (Person person : persons) {
            cleaner.held(person.game(), person.pseudonym().value())
                    .forEach((kind, count) -> held.merge(kind, count, Long::sum));
        }
        return held;
    }

    @Override
    public List<Hit> scan(int version, Needles needles) {
        return cleaner.scan(needles);
    }
}
