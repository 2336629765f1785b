package io.gamemetrics.projections.metrics;

import io.gamemetrics.infrastructure.readstore.Contents;
import io.gamemetrics.infrastructure.readstore.Hit;
import io.gamemetrics.infrastructure.readstore.LeftOut;
import io.gamemetrics.infrastructure.readstore.Needles;
import io.gamemetrics.infrastructure.readstore.Person;
import io.gamemetrics.infrastructure.replays.Occasion;
import io.gamemetrics.infrastructure.replays.Occasion.Reason;
import io.gamemetrics.projections.metricsstore.GivenUpDays;
import io.gamemetrics.projections.metricsstore.MetricsContents;
import io.gamemetrics.projections.metricsstore.MetricsPersons;
import io.gamemetrics.projections.metricsstore.MetricsSchema;
import io.gamemetrics.projections.metricsstore.MetricsTakeOver;
import io.gamemetrics.projections.metricsstore.MetricsUpkeep;
import io.gamemetrics.projections.metricsstore.MetricsWriter;
import io.gamemetrics.projections.runtime.Erasing;
import io.gamemetrics.projections.runtime.Exporting;
import io.gamemetrics.projections.runtime.VersionedProjection;
import io.gamemetrics.sharedkernel.erasure.Remainder;
import io.gamemetrics.sharedkernel.ids.Position;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The numbers, a schema a version, and for each somebody who looks after its tables. */
final class MetricsVersions implements VersionedProjection {

    private static final Logger LOG = LoggerFactory.getLogger(MetricsVersions.class);

    private final DataSource database;
    private final UpkeepSettings settings;
    private final Map<Integer, MetricsUpkeep> upkeeps = new ConcurrentHashMap<>();

    MetricsVersions(DataSource database, UpkeepSettings settings) {
        this.database = database;
        this.settings = settings;
    }

    @Override
    public String name() {
        return MetricsProjection.NAME;
    }

    @Override
    public Open open(int number) {
        LOG.info("metrics are kept on {}", MetricsSchema.migrate(database, number));
        MetricsUpkeep upkeep = settings.of(MetricsSchema.of(database, number));
        upkeeps.put(number, upkeep);
        upkeep.start();
        MetricsWriter writer = new MetricsWriter(database, number, MetricsProjection.NAME);
        return new Open(new MetricsProjection(writer), () -> {
            upkeeps.remove(number);
            upkeep.close();
        });
    }

    @Override
    public OptionalLong bytes(int number) throws SQLException {
        return OptionalLong.of(MetricsSchema.bytes(database, number));
    }

    /**
     * A changed time zone is counted anew at once, from the events. Only what was counted of events that are dropped is lost,
     * which a replay brings back where it need not drop them again.
     */
    @Override
    public List<Occasion> occasions(int active) throws SQLException {
        String how = settings.keepEventsFor() == null
                ? " A replay brings them back."
                : " A replay brings them back if the metrics run without keep-events-for while it is built and after.";
        return GivenUpDays.of(MetricsSchema.of(database, active)).entrySet().stream()
                .map(game -> new Occasion(
                        Reason.TIME_ZONE,
                        game.getKey(),
                        null,
                        "Days before " + game.getValue()
                                + " are not counted any more: their events were dropped before the time zone changed."
                                + how))
                .toList();
    }

    @Override
    public Map<Integer, Position> takeOver(int number, int from, LeftOut leftOut) throws SQLException {
        return MetricsTakeOver.run(database, number, from, MetricsProjection.NAME, leftOut);
    }

    @Override
    public Contents contents(int number, Set<Integer> types) {
        return MetricsContents.open(database, number, MetricsProjection.NAME, MetricsSections.of(types));
    }

    @Override
    public Optional<Erasing> erasing() {
        return Optional.of(new Erasing() {
            @Override
            public Map<String, Long> held(int version, Collection<Person> persons) throws SQLException {
                return new MetricsPersons(database, version).held(persons);
            }

            @Override
            public List<Hit> scan(int version, Needles needles) throws SQLException {
                return new MetricsPersons(database, version).scan(needles);
            }

            @Override
            public Optional<Remainder> remainder(int version, Collection<Person> person) throws SQLException {
                return Optional.of(new MetricsPersons(database, version).remainder(person));
            }
        });
    }

    @Override
    public Optional<Exporting> exporting() {
        return Optional.of(new MetricsExporting(database));
    }

    @Override
    public void drop(int number) throws SQLException {
        MetricsSchema.of(database, number).drop();
    }

    /** How those are doing who look after the versions that are open here, by number. */
    Map<Integer, MetricsUpkeep.Status> upkeep() {
        Map<Integer, MetricsUpkeep.Status> all = new TreeMap<>();
        upkeeps.forEach((number, upkeep) -> all.put(number, upkeep.status()));
        return all;
    }
}
