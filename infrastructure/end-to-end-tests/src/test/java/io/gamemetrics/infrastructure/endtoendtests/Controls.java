package io.gamemetrics.infrastructure.endtoendtests;

import io.gamemetrics.projections.recommendationsstore.VectorLayout;
import io.gamemetrics.projections.recommendationsstore.vectors.LuceneVectors;
import io.gamemetrics.projections.recommendationsstore.vectors.VectorStore;
import io.gamemetrics.projections.recommendationsstore.vectors.VectorStore.Point;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.sync.RedisCommands;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** Plants a text in each store, behind the platform's back: whoever searches their files has to find it there. */
final class Controls {

    static final String TEXT = "planted-8834-in-the-open";

    /** In a row that was deleted, and that no vacuum has come to yet. */
    static final String DELETED = "deleted-2297-and-not-gone";

    /** Folders and files, in that of the data, each of which holds the text afterwards. */
    static final List<String> PLACES = List.of(
            "servers/postgres/data/base",
            "servers/postgres/data/pg_wal",
            "servers/postgres/server.log",
            "servers/kafka/data/planted-0",
            "servers/redis/data/appendonly.aof",
            "servers/redis/data/dump.rdb",
            "servers/redis/server.log");

    /** The index of vectors that is planted; what it holds has to be unpacked. */
    static final String VECTORS = "planted";

    private static final List<String> DATABASES = List.of("gamemetrics", "gamemetrics_vault", "gamemetrics_read");

    private Controls() {}

    /**
     * Afterwards what PostgreSQL had in memory, or deleted before, is in its files as it will stay there, and what Redis holds
     * is in a dump as well.
     */
    static void plant(Path data) throws Exception {
        for (String database : DATABASES) {
            try (Connection connection = ReadDatabase.connect(data, database);
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE TABLE planted (words text)");
                statement.execute("INSERT INTO planted VALUES ('" + TEXT + "')");
                statement.execute("DO $$ BEGIN RAISE LOG '" + TEXT + "'; END $$");
                statement.execute("VACUUM");
                statement.execute("INSERT INTO planted VALUES ('" + DELETED + "')");
                statement.execute("DELETE FROM planted WHERE words = '" + DELETED + "'");
                statement.execute("CHECKPOINT");
            }
        }
        inKafka(data, "planted", TEXT);
        try (OwnRedis redis = OwnRedis.of(data)) {
            RedisCommands<String, String> commands = redis.commands();
            commands.set("planted", TEXT);
            commands.xadd("planted-stream", "words", TEXT);
            commands.hset("planted-hash", "words", TEXT);
            commands.eval("return redis.log(redis.LOG_WARNING, '" + TEXT + "')", ScriptOutputType.STATUS);
            redis.dump();
        }
        vectors(data.resolve("vectors"));
    }

    /** In a new topic. */
    static void inKafka(Path data, String topic, String text) throws Exception {
        Properties settings = new Properties();
        try (var file = Files.newBufferedReader(data.resolve("servers/kafka/kafka.properties"))) {
            settings.load(file);
        }
        String listeners = settings.getProperty("listeners");
        Map<String, Object> clients =
                Map.of("bootstrap.servers", listeners.substring("PLAINTEXT://".length(), listeners.indexOf(',')));
        try (Admin admin = Admin.create(clients)) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
        }
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(clients, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, text)).get();
        }
    }

    /** In an index of its own: the process that writes the others holds them. */
    private static void vectors(Path folder) {
        float[] direction = new float[VectorLayout.PLAYER_SHAPE.dimension()];
        Arrays.fill(direction, 1);
        try (VectorStore store = LuceneVectors.writing(folder)) {
            store.create(VECTORS, VectorLayout.PLAYER_SHAPE);
            store.upsert(VECTORS, List.of(new Point(1, 1, TEXT, direction)));
        }
    }
}
