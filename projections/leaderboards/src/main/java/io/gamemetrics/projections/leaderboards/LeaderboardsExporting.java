package io.gamemetrics.projections.leaderboards;

import io.gamemetrics.infrastructure.readstore.Person;
import io.gamemetrics.projections.leaderboardsstore.LeaderboardsExport;
import io.gamemetrics.projections.leaderboardsstore.LeaderboardsRedis;
import io.gamemetrics.projections.runtime.Exporting;
import java.util.Collection;
import java.util.Map;

/** Entries of boards, for whoever stands there. */
record LeaderboardsExporting(LeaderboardsRedis redis) implements Exporting {

    @Override
    public Map<String, String> tables() {
        return LeaderboardsExport.TABLES;
    }

    @Override
    public void export(int version, Collection<Person> person, Rows rows) {
        LeaderboardsExport export = new LeaderboardsExport(redis, version);
        person.forEach(each -> export.run(each.game(), each.pseudonym(), rows::add));
    }
}
