package io.gamemetrics.projections.metrics;

import io.gamemetrics.infrastructure.readstore.Person;
import io.gamemetrics.projections.metricsstore.MetricsExport;
import io.gamemetrics.projections.runtime.Exporting;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;
import javax.sql.DataSource;

/** What is counted of a player, for that player. */
record MetricsExporting(DataSource database) implements Exporting {

    @Override
    public Map<String, String> tables() {
        return MetricsExport.TABLES;
    }

    @Override
    public void export(int version, Collection<Person> person, Rows rows) throws SQLException {
        new MetricsExport(database, version).run(person, rows::add);
    }
}
