package io.gamemetrics.projections.games;

import io.gamemetrics.infrastructure.readstore.Hit;
import io.gamemetrics.infrastructure.readstore.Needles;
import io.gamemetrics.infrastructure.readstore.Person;
import io.gamemetrics.projections.gamesstore.GamesScan;
import io.gamemetrics.projections.runtime.Erasing;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The games' tables hold nothing of any player, and are looked through all the same. */
record GamesErasing(GamesScan games) implements Erasing {

    @Override
    public Map<String, Long> held(int version, Collection<Person> persons) {
        return Map.of();
    }

    @Override
    public List<Hit> scan(int version, Needles needles) {
        return games.scan(needles);
    }
}
