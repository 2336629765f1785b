package io.gamemetrics.infrastructure.datamap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamemetrics.infrastructure.erasures.ErasuresSchema;
import io.gamemetrics.infrastructure.eventstore.EventStoreSettings;
import io.gamemetrics.infrastructure.eventstore.PostgresEventStore;
import io.gamemetrics.infrastructure.eventstore.StoredEvent;
import io.gamemetrics.infrastructure.eventstream.EventRecordConverter;
import io.gamemetrics.infrastructure.privacy.PostgresVault;
import io.gamemetrics.infrastructure.replays.ReplaysSchema;
import io.gamemetrics.infrastructure.testkit.TestPostgres;
import io.gamemetrics.projections.gamesstore.GamesStore;
import io.gamemetrics.projections.metricsstore.MetricsSchema;
import io.gamemetrics.projections.playersstore.PlayersSchema;
import io.gamemetrics.projections.recommendationsstore.RecommendationsSchema;
import io.gamemetrics.sharedkernel.ids.Position;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/** The data map is true: nothing is stored that it does not name, and it names nothing else. */
class DataMapTest {

    private static final DataMap MAP = DataMap.current();
    private static final String READ_MODELS = TestPostgres.newDatabase();

    @BeforeAll
    static void migrateTheReadModels() {
        PGSimpleDataSource database = database(READ_MODELS);
        GamesStore.migrate(database);
        MetricsSchema.migrate(database);
        PlayersSchema.migrate(database);
        RecommendationsSchema.migrate(database);
        ReplaysSchema.migrate(database);
        ErasuresSchema.migrate(database);
    }

    @ParameterizedTest
    @ValueSource(strings = {"games", "metrics", "players", "recommendations", "replays", "erasures"})
    void everyColumnOfAReadModelIsDeclaredAndNoOther(String schema) throws SQLException {
        assertTrue(schema, Tables.of(READ_MODELS, schema));
    }

    @Test
    void everyColumnOfTheVaultIsDeclaredAndNoOther() throws SQLException {
        String url = TestPostgres.newDatabase();
        PostgresVault.migrate(database(url));

        assertTrue("vault", Tables.of(url, "public"));
    }

    @Test
    void everyColumnOfTheEventStoreIsDeclaredAndNoOther() throws SQLException {
        String url = TestPostgres.newDatabase();
        PostgresEventStore.open(EventStoreSettings.of(url, "", "")).close();

        assertTrue("event-store", Tables.of(url, "public"));
    }

    @Test
    void everyPartOfARecordInKafkaIsDeclaredAndNoOther() {
        StoredEvent event =
                new StoredEvent(new Position(1, 2), 3, UUID.randomUUID(), 4, 5, 6, Instant.EPOCH, new byte[] {7});
        Set<String> headers = new TreeSet<>();
        new EventRecordConverter()
                .toRecord(event, "events", null)
                .headers()
                .forEach(header -> headers.add(header.key()));

        // What a watermark holds is in no person's stream and comes after the events' places.
        Store events =
                new Store("kafka", "", "", "", MAP.store("kafka").places().subList(0, 3));
        assertThat(new Declared(events)
                        .differences(Map.of("key", Set.of("stream"), "headers", headers, "value", Set.of("payload"))))
                .isEmpty();
    }

    @Test
    void everyComponentOfAnEventIsDeclaredAndNoOther() {
        assertTrue("events", EventRecords.ofTheCatalog().fields());
    }

    @Test
    void whatTheKernelMarksAsPersonalIsWhatTheMapCallsSoByName() {
        Set<Nature> named = EnumSet.of(Nature.IDENTIFIER, Nature.FREE_TEXT, Nature.STAFF);
        Set<String> declared = new TreeSet<>();
        MAP.store("events").places().forEach(place -> place.fields().stream()
                .filter(field -> named.contains(field.nature()))
                .forEach(field -> declared.add(place.name() + "." + field.name())));

        assertThat(declared).isEqualTo(EventRecords.ofTheCatalog().marked());
    }

    @Test
    void aNewColumnIsToldWithTheFileToDeclareItIn() throws SQLException {
        String url = TestPostgres.newDatabase();
        PlayersSchema.migrate(database(url));
        try (Connection connection = database(url).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER TABLE players.player ADD COLUMN shoe_size integer");
            statement.execute("ALTER TABLE players.money DROP COLUMN micros");
            statement.execute("CREATE TABLE players.pet (name text)");
        }

        String file = "infrastructure/data-map/src/main/resources/data-map/players.map";
        assertThat(new Declared(MAP.store("players")).differences(Tables.of(url, "players")))
                .containsExactly(
                        "pet.name is stored and in no data map: say in " + file + " under [pet] whether it is personal",
                        "player.shoe_size is stored and in no data map: say in " + file
                                + " under [player] whether it is personal",
                        "money.micros is in the data map and nowhere else: take it out of " + file);
    }

    @Test
    void aNewComponentOfAnEventOrOfAPartOfOneIsToldToo() {
        record Owner(String shoeSize) {}
        record PetAdopted(String name, List<Owner> owners) {}
        Store pets = new Store("pets", "", "", "", List.of(new Place("PetAdopted", "", List.of())));

        assertThat(new Declared(pets).differences(new EventRecords(List.of(PetAdopted.class)).fields()))
                .map(sentence -> sentence.substring(0, sentence.indexOf(':')))
                .containsExactly(
                        "Owner.shoeSize is stored and in no data map", "PetAdopted.name is stored and in no data map");
    }

    @Test
    void aFileThatSaysLessThanItMustIsRefusedWithTheLine() {
        String head = "where: a\npurpose: b\nrecipients: c\n";

        assertThatThrownBy(() -> StoreFile.parse("pets", "where: a\n[pet] for ever\nnone: name"))
                .hasMessageContaining("pets.map, line 2");
        assertThatThrownBy(() -> StoreFile.parse("pets", head + "[pet]\nnone: name"))
                .hasMessageContaining("pets.map, line 4");
        assertThatThrownBy(() -> StoreFile.parse("pets", head + "[pet] for ever\nperhaps: name"))
                .hasMessageContaining("pets.map, line 5");
        assertThatThrownBy(() -> StoreFile.parse("pets", head + "[pet] for ever\nnone: name\nidentifier: name"))
                .hasMessageContaining("pets.map, line 6");
        assertThatThrownBy(() -> StoreFile.parse("pets", head + "[pet] for ever"))
                .hasMessageContaining("[pet] has no field");
    }

    private static void assertTrue(String store, Map<String, Set<String>> there) {
        assertThat(there).isNotEmpty();
        assertThat(new Declared(MAP.store(store)).differences(there)).isEmpty();
    }

    private static PGSimpleDataSource database(String url) {
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(url);
        return database;
    }
}
