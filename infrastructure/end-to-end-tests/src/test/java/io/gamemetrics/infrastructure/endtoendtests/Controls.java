package io.gamemetrics.infrastructure.endtoendtests;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** Plants a text in each server, behind the platform's back: whoever searches their files has to find it there. */
final class Controls {

    static final String TEXT = "planted-8834-in-the-open";

    private Controls() {}

    /** Afterwards what PostgreSQL had in memory, or deleted, is in its files as it will stay there. */
    static void plant(Path data) throws Exception {
        for (String database : List.of("gamemetrics", "gamemetrics_vault", "gamemetrics_read")) {
            try (Connection connection = ReadDatabase.connect(data, database);
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE TABLE planted (words text)");
                statement.execute("INSERT INTO planted VALUES ('" + TEXT + "')");
                statement.execute("VACUUM");
                statement.execute("CHECKPOINT");
            }
        }
        kafka(data.resolve("servers/kafka"));
        redis(data.resolve("servers/redis"));
    }

    private static void kafka(Path folder) throws Exception {
        Properties settings = new Properties();
        try (var file = Files.newBufferedReader(folder.resolve("kafka.properties"))) {
            settings.load(file);
        }
        String listeners = settings.getProperty("listeners");
        Map<String, Object> clients =
                Map.of("bootstrap.servers", listeners.substring("PLAINTEXT://".length(), listeners.indexOf(',')));
        try (Admin admin = Admin.create(clients)) {
            admin.createTopics(List.of(new NewTopic("planted", 1, (short) 1)))
                    .all()
                    .get();
        }
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(clients, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>("planted", TEXT)).get();
        }
    }

    private static void redis(Path folder) throws Exception {
        List<String> settings = Files.readAllLines(folder.resolve("redis.conf"));
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(setting(settings, "port")))) {
            socket.getOutputStream()
                    .write(("AUTH " + setting(settings, "requirepass") + "\r\nSET planted " + TEXT + "\r\nQUIT\r\n")
                            .getBytes(US_ASCII));
            BufferedReader answers = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
            for (int answer = 0; answer < 3; answer++) {
                String line = answers.readLine();
                if (!"+OK".equals(line)) {
                    throw new IllegalStateException("Redis did not take it: " + line);
                }
            }
        }
    }

    private static String setting(List<String> settings, String name) {
        return settings.stream()
                .filter(line -> line.startsWith(name + " "))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElseThrow();
    }
}
