package io.gamemetrics.projections.players;

import io.gamemetrics.infrastructure.readstore.Contents;
import io.gamemetrics.infrastructure.readstore.Hit;
import io.gamemetrics.infrastructure.readstore.LeftOut;
import io.gamemetrics.infrastructure.readstore.Needles;
import io.gamemetrics.infrastructure.readstore.Person;
import io.gamemetrics.projections.playersstore.PlayersContents;
import io.gamemetrics.projections.playersstore.PlayersSchema;
import io.gamemetrics.projections.playersstore.PlayersTakeOver;
import io.gamemetrics.projections.playersstore.PlayersWriter;
import io.gamemetrics.projections.runtime.Erasing;
import io.gamemetrics.projections.runtime.Exporting;
import io.gamemetrics.projections.runtime.VersionedProjection;
import io.gamemetrics.sharedkernel.ids.Position;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import javax.sql.DataSource;

/** Profiles of players, a schema a version. */
final class PlayersVersions implements VersionedProjection {

    private final DataSource database;
    private final NameSeal seal;

    PlayersVersions(DataSource database, NameSeal seal) {
        this.database = database;
        this.seal = seal;
    }

    @Override
    public String name() {
        return PlayersProjection.NAME;
    }

    @Override
    public Open open(int number) {
        PlayersSchema.migrate(database, number);
        return new Open(new PlayersProjection(new PlayersWriter(database, number), seal));
    }

    @Override
    public OptionalLong bytes(int number) throws SQLException {
        return OptionalLong.of(PlayersSchema.bytes(database, number));
    }

    @Override
    public Map<Integer, Position> takeOver(int number, int from, LeftOut leftOut) throws SQLException {
        return PlayersTakeOver.run(database, number, from, leftOut);
    }

    @Override
    public Contents contents(int number, Set<Integer> types) {
        return PlayersContents.open(database, number, PlayersSections.of(types));
    }

    @Override
    public Optional<Erasing> erasing() {
        return Optional.of(new Erasing() {
            @Override
            public Map<String, Long> held(int version, Collection<Person> persons) {
                return new PlayersWriter(database, version)
                        .held(persons.stream().map(Person::pseudonym).toList());
            }

            @Override
            public List<Hit> scan(int version, Needles needles) {
                return new PlayersWriter(database, version).scan(needles);
            }
        });
    }

    @Override
    public Optional<Exporting> exporting() {
        return Optional.of(new PlayersExporting(database));
    }

    @Override
    public void drop(int number) throws SQLException {
        PlayersSchema.drop(database, number);
    }
}
