package io.gamemetrics.commandside.datasubject;

import io.gamemetrics.infrastructure.erasures.ErasureOrders;
import io.gamemetrics.infrastructure.erasures.ErasuresSchema;
import io.gamemetrics.infrastructure.replays.KnownProjection;
import io.gamemetrics.infrastructure.replays.ReplaysSchema;
import io.gamemetrics.infrastructure.replays.Versions;
import io.gamemetrics.infrastructure.testkit.TestPostgres;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.postgresql.ds.PGSimpleDataSource;

/** The database beside read models that are not there: a test plays their part. */
final class PlayedReadModels {

    private final PGSimpleDataSource database = new PGSimpleDataSource();
    private final List<String> projections;

    private PlayedReadModels(List<String> projections) {
        this.projections = projections;
        database.setUrl(TestPostgres.newDatabase());
    }

    /** With these projections, each in its first version. */
    static PlayedReadModels of(String... projections) {
        PlayedReadModels models = new PlayedReadModels(List.of(projections));
        models.make();
        return models;
    }

    /** Makes what is not there. */
    void make() {
        ReplaysSchema.migrate(database);
        ErasuresSchema.migrate(database);
        Versions versions = new Versions(database);
        projections.forEach(name -> versions.register(new KnownProjection(name, 2, true, 1)));
    }

    PGSimpleDataSource database() {
        return database;
    }

    ErasureOrders orders() {
        return new ErasureOrders(database);
    }

    /** Where a command side finds it. */
    Map<String, String> settings() {
        return Map.of(
                "gamemetrics.timescale.url", database.getUrl(),
                "gamemetrics.timescale.user", TestPostgres.server().user(),
                "gamemetrics.timescale.password", TestPostgres.server().password());
    }

    /** The same, with leases that are over sooner than they are, for the tests' sake. */
    Map<String, String> settings(String leases) {
        Map<String, String> all = new HashMap<>(settings());
        all.put("gamemetrics.erasures.leases", leases);
        return all;
    }
}
