package io.gamemetrics.projections.players;

import io.gamemetrics.infrastructure.readstore.Person;
import io.gamemetrics.projections.playersstore.PlayersExport;
import io.gamemetrics.projections.runtime.Exporting;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;
import javax.sql.DataSource;

/** Profiles, for those they are of. */
record PlayersExporting(DataSource database) implements Exporting {

    @Override
    public Map<String, String> tables() {
        return PlayersExport.TABLES;
    }

    @Override
    public void export(int version, Collection<Person> person, Rows rows) throws SQLException {
        new PlayersExport(database, version)
                .run(person.stream().map(each -> each.pseudonym().value()).toList(), rows::add);
    }
}
