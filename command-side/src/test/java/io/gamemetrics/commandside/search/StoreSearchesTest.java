package io.gamemetrics.commandside.search;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gamemetrics.commandside.TestCommandSide;
import io.gamemetrics.commandside.TestCommandSide.Databases;
import io.gamemetrics.commandside.ingestion.RejectedLog;
import io.gamemetrics.infrastructure.erasures.ErasureAnswer;
import io.gamemetrics.infrastructure.erasures.ErasureOrder;
import io.gamemetrics.infrastructure.erasures.ErasureOrder.Step;
import io.gamemetrics.infrastructure.erasures.ErasureOrders;
import io.gamemetrics.infrastructure.erasures.ErasuresSchema;
import io.gamemetrics.infrastructure.eventstore.EventCodec;
import io.gamemetrics.infrastructure.eventstore.EventCodec.Encoded;
import io.gamemetrics.infrastructure.eventstore.EventGroup;
import io.gamemetrics.infrastructure.eventstore.EventStore;
import io.gamemetrics.infrastructure.eventstore.StoredSnapshot;
import io.gamemetrics.infrastructure.eventstream.EventRecordConverter;
import io.gamemetrics.infrastructure.eventstream.StreamSettings;
import io.gamemetrics.infrastructure.eventstream.WholeTopic;
import io.gamemetrics.infrastructure.privacy.KeptRecords.Kept;
import io.gamemetrics.infrastructure.privacy.PostgresVault;
import io.gamemetrics.infrastructure.readstore.Hit;
import io.gamemetrics.infrastructure.readstore.Needles;
import io.gamemetrics.infrastructure.replays.ReplaysSchema;
import io.gamemetrics.infrastructure.testkit.TestKafka;
import io.gamemetrics.infrastructure.testkit.TestPostgres;
import io.gamemetrics.sharedkernel.ids.GameId;
import io.gamemetrics.sharedkernel.ids.PlayerId;
import io.gamemetrics.sharedkernel.ids.Position;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** Whatever is planted in a store no projection keeps is found there, and one look is enough for all who wait. */
class StoreSearchesTest {

    private static final Databases DATABASES = Databases.create();
    private static final PGSimpleDataSource READ_MODELS = new PGSimpleDataSource();
    private static final String AT = "\"occurredAt\":\"2026-01-01T10:15:30Z\"}";

    private static TestCommandSide server;
    private static EventStore store;
    private static EventCodec codec;
    private static PostgresVault vault;
    private static String key;
    private static int game;

    @BeforeAll
    static void start() {
        READ_MODELS.setUrl(TestPostgres.newDatabase());
        ReplaysSchema.migrate(READ_MODELS);
        ErasuresSchema.migrate(READ_MODELS);
        server = TestCommandSide.start(DATABASES);
        key = server.createGame("searched");
        store = server.context().getBean(EventStore.class);
        codec = server.context().getBean(EventCodec.class);
        vault = server.context().getBean(PostgresVault.class);
        game = vault.findGameNumber(new GameId("searched")).orElseThrow();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void whatSomebodyElseWroteIsFoundInTheirEvent() throws Exception {
        send("{\"eventId\":\"c\",\"type\":\"custom\",\"playerId\":\"friend\",\"name\":\"met\","
                + "\"fields\":{\"whom\":\"planted-in-an-event\"}," + AT);
        assertThat(found("events", "planted-in-an-event")).containsExactly("decoded");
        assertThat(found("events", "planted-nowhere")).isEmpty();

        vault.erasures().begin(game, new PlayerId("friend"));
        vault.erasures().destroy(game, new PlayerId("friend"), stream("friend"));
        assertThat(found("events", "planted-in-an-event"))
                .as("nothing is decoded without its key")
                .isEmpty();
    }

    @Test
    void bytesThatSomebodyForgotToEncryptAreFound() throws Exception {
        store.append(EventGroup.of(List.of(new EventGroup.Row(
                UUID.randomUUID(),
                0,
                new Encoded(game, 1, 1, "{\"a\":\"planted-bare\"}".getBytes(UTF_8), List.of())))));
        assertThat(found("events", "planted-bare")).containsExactly("payload");
    }

    @Test
    void snapshotsAreOpened() throws Exception {
        send("{\"eventId\":\"s\",\"type\":\"achievement_unlocked\",\"playerId\":\"snapped\",\"achievementId\":\"a\","
                + AT);
        UUID stream = stream("snapped");
        byte[] sealed = codec.sealSnapshot(stream, 0, "{\"name\":\"planted-in-a-snapshot\"}".getBytes(UTF_8));
        store.storeSnapshots(List.of(new StoredSnapshot(stream, 0, sealed)));
        store.storeSnapshots(List.of(new StoredSnapshot(UUID.randomUUID(), 0, "planted-in-the-open".getBytes(UTF_8))));
        assertThat(found("snapshots", "planted-in-a-snapshot")).containsExactly("opened");
        assertThat(found("snapshots", "planted-in-the-open")).containsExactly("sealed");
    }

    @Test
    void refusedEventsAreOpened() throws Exception {
        server.events(
                "searched",
                key,
                "[{\"eventId\":\"r\",\"type\":\"nothing_known\",\"playerId\":\"other\",\"x\":\"planted-in-refused\","
                        + AT + "]");
        assertThat(found("refused-events", "planted-in-refused")).containsExactly("sent");
    }

    @Test
    void whatIsKeptOfErasedPlayersIsOpened() throws Exception {
        Kept kept =
                new Kept(UUID.randomUUID(), 2, "PURCHASES", game, 1, LocalDate.of(2033, 12, 31), Instant.now(), false);
        vault.keptRecords()
                .keep(
                        kept,
                        List.of(new PlayerId("keeper")),
                        "planted-in-a-ground",
                        List.of("{}".getBytes(UTF_8), "{\"itemId\":\"planted-in-kept\"}".getBytes(UTF_8)));
        assertThat(found("kept-records", "planted-in-kept")).containsExactly(kept.request() + "/2/PURCHASES");
        assertThat(StoreSearches.placeOf(kept)).isEqualTo("kept-records " + kept.request() + "/2/PURCHASES");
        assertThat(found("kept-records", "planted-in-a-ground")).containsExactly("ground");
        vault.keptRecords().end(kept);
        assertThat(found("kept-records", "planted-in-kept")).isEmpty();
    }

    @Test
    void allTablesOfEveryDatabaseAreLookedThrough() throws Exception {
        for (Map.Entry<String, String> each : Map.of(
                        "event-store", DATABASES.store(),
                        "vault", DATABASES.vault(),
                        "replays", READ_MODELS.getUrl(),
                        "erasures", READ_MODELS.getUrl())
                .entrySet()) {
            String schema = List.of("replays", "erasures").contains(each.getKey()) ? each.getKey() : "public";
            String control = "planted-beside-" + each.getKey();
            run(each.getValue(), "CREATE TABLE " + schema + ".left_behind (words text)");
            run(each.getValue(), "INSERT INTO " + schema + ".left_behind VALUES ('" + control + "')");
            assertThat(found(each.getKey(), control)).containsExactly("left_behind.words");
        }
    }

    @Test
    void allOfKafkasLogIsLookedThrough() throws Exception {
        StreamSettings settings =
                StreamSettings.of(TestKafka.bootstrapServers()).withTopic("searched-" + UUID.randomUUID(), 3);
        SearchedStore kafka = new StreamSearch(new WholeTopic(settings), codec);
        assertThat(found(kafka, "planted-in-a-key")).as("no topic yet").isEmpty();
        Map<String, Object> clients = Map.of("bootstrap.servers", settings.bootstrapServers());
        try (Admin admin = Admin.create(clients)) {
            admin.createTopics(List.of(new NewTopic(settings.topic(), 3, (short) 1)))
                    .all()
                    .get();
        }
        send("{\"eventId\":\"k\",\"type\":\"custom\",\"playerId\":\"carried\",\"name\":\"met\","
                + "\"fields\":{\"whom\":\"planted-in-a-value\"}," + AT);
        Map<String, Object> writer = new HashMap<>(clients);
        writer.put("transactional.id", settings.topic());
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(writer, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            List<Future<?>> sent = new ArrayList<>();
            sent.add(producer.send(record(settings, 0, "planted-in-a-key", "header", "value")));
            sent.add(producer.send(record(settings, 1, "key", "planted-in-a-header", "value")));
            var event = store.readStream(stream("carried"), 0, 1).getFirst();
            sent.add(producer.send(new EventRecordConverter().toRecord(event, settings.topic(), 2)));
            producer.commitTransaction();
            producer.beginTransaction();
            sent.add(producer.send(record(settings, 1, "key", "header", "planted-and-aborted")));
            producer.flush();
            producer.abortTransaction();
            assertThat(sent).hasSize(4);
        }
        assertThat(found(kafka, "planted-in-a-key")).containsExactly("record");
        assertThat(found(kafka, "planted-in-a-header")).containsExactly("record");
        assertThat(found(kafka, "planted-in-a-value")).containsExactly("decoded");
        assertThat(found(kafka, "planted-and-aborted")).containsExactly("record");
    }

    @Test
    void oneLookIsEnoughForAllWhoWaitAndEachIsToldTheirOwn() {
        List<Integer> looks = new CopyOnWriteArrayList<>();
        SearchedStore counted = new SearchedStore() {
            @Override
            public String name() {
                return "counted";
            }

            @Override
            public void search(Needles needles, Places found) {
                looks.add(needles.texts().size());
                found.look("here", "planted-0".getBytes(UTF_8));
            }
        };
        ErasureOrders orders = new ErasureOrders(READ_MODELS);
        List<ErasureOrder> waiting = new ArrayList<>();
        UUID request = UUID.randomUUID();
        for (int subject = 0; subject < 3; subject++) {
            UUID stream = UUID.randomUUID();
            vault.requestSecrets().putNeedles(request, subject, List.of("planted-" + subject, stream.toString()));
            waiting.add(new ErasureOrder(
                    request, subject, game, List.of(stream), List.of(1), Step.SCAN, new Position(1, 1)));
            orders.begin(waiting.getLast());
        }
        try (StoreSearches searches = new StoreSearches(List.of(counted), READ_MODELS, vault.requestSecrets());
                StoreSearches other = new StoreSearches(List.of(counted), READ_MODELS, vault.requestSecrets())) {
            searches.start();
            other.start();
            await().pollInterval(Duration.ofMillis(25))
                    .until(() -> waiting.stream().noneMatch(order -> orders.answers(request, order.subject(), Step.SCAN)
                            .isEmpty()));
        }
        assertThat(looks).as("without pseudonyms").containsExactly(3);
        assertThat(orders.answers(request, 0, Step.SCAN))
                .containsExactly(ErasureAnswer.searched("counted", 1, Map.of("counted here", 1L), 1, 9));
        assertThat(orders.answers(request, 1, Step.SCAN))
                .containsExactly(ErasureAnswer.searched("counted", 1, Map.of(), 1, 9));
    }

    @Test
    void whateverASearchEndsWithItIsMadeAgain() {
        AtomicInteger looks = new AtomicInteger();
        SearchedStore large = new SearchedStore() {
            @Override
            public String name() {
                return "large";
            }

            @Override
            public void search(Needles needles, Places found) {
                if (looks.getAndIncrement() == 0) {
                    throw new StackOverflowError("of this test");
                }
            }
        };
        ErasureOrders orders = new ErasureOrders(READ_MODELS);
        UUID request = UUID.randomUUID();
        vault.requestSecrets().putNeedles(request, 0, List.of("planted-nowhere"));
        orders.begin(new ErasureOrder(
                request, 0, game, List.of(UUID.randomUUID()), List.of(1), Step.SCAN, new Position(1, 1)));
        try (StoreSearches searches = new StoreSearches(List.of(large), READ_MODELS, vault.requestSecrets())) {
            searches.start();
            await().pollInterval(Duration.ofMillis(50))
                    .until(() -> !orders.answers(request, 0, Step.SCAN).isEmpty());
        }
        orders.forget(request, 0);
        assertThat(looks).hasValue(2);
    }

    private static ProducerRecord<byte[], byte[]> record(
            StreamSettings settings, int partition, String key, String header, String value) {
        ProducerRecord<byte[], byte[]> made =
                new ProducerRecord<>(settings.topic(), partition, key.getBytes(UTF_8), value.getBytes(UTF_8));
        made.headers().add("h", header.getBytes(UTF_8));
        return made;
    }

    private static List<String> found(String name, String text) throws Exception {
        PGSimpleDataSource events = new PGSimpleDataSource();
        events.setUrl(DATABASES.store());
        PGSimpleDataSource vaultRows = new PGSimpleDataSource();
        vaultRows.setUrl(DATABASES.vault());
        RejectedLog refused = server.context().getBean(RejectedLog.class);
        SearchedStore wanted =
                StoreSearches.stores(READ_MODELS, events, vaultRows, null, store, codec, refused, vault).stream()
                        .filter(one -> one.name().equals(name))
                        .findFirst()
                        .orElseThrow();
        return found(wanted, text);
    }

    private static List<String> found(SearchedStore searched, String text) throws SQLException {
        Needles needles = Needles.of(List.of(text));
        Places found = new Places(searched.name(), needles);
        searched.search(needles, found);
        return found.hits().stream().map(Hit::place).toList();
    }

    private static UUID stream(String player) {
        PlayerId id = new PlayerId(player);
        return requireNonNull(vault.findSubjects(game, List.of(id)).get(id))
                .pseudonym()
                .value();
    }

    private static void send(String event) {
        assertThat(server.events("searched", key, "[" + event + "]")
                        .body()
                        .path("accepted")
                        .asInt())
                .isEqualTo(1);
    }

    private static void run(String url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        url, TestPostgres.server().user(), TestPostgres.server().password());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
