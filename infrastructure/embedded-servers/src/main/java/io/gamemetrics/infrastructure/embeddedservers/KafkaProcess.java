package io.gamemetrics.infrastructure.embeddedservers;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/** The program of the JVM that is Kafka. Ends on a signal, and when its standard input ends because its starter is gone. */
final class KafkaProcess {

    private KafkaProcess() {}

    /** @param arguments the file with Kafka's settings, and the file to create once it answers */
    public static void main(String[] arguments) throws Exception {
        try {
            Path ready = Path.of(arguments[1]);
            Properties settings = new Properties();
            try (Reader in = Files.newBufferedReader(Path.of(arguments[0]))) {
                settings.load(in);
            }
            formatOnce(Path.of(settings.getProperty("log.dirs")));
            KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(settings), Time.SYSTEM);
            server.startup();
            Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown, "kafka-stop"));
            Thread.ofPlatform().daemon().name("kafka-starter-watch").start(KafkaProcess::exitWithStarter);
            Files.writeString(ready, "");
            server.awaitShutdown();
        } catch (Exception | LinkageError e) {
            e.printStackTrace();
            Runtime.getRuntime().halt(1); // Kafka's own threads would keep a broken JVM alive
        }
    }

    private static void formatOnce(Path data) throws Exception {
        if (Files.exists(data.resolve("meta.properties"))) {
            return;
        }
        new Formatter()
                .setNodeId(1)
                .setClusterId(Uuid.randomUuid().toString())
                .setDirectories(List.of(data.toString()))
                .setMetadataLogDirectory(data.toString())
                .setControllerListenerName("CONTROLLER")
                .setReleaseVersion(MetadataVersion.latestProduction())
                .run();
    }

    private static void exitWithStarter() {
        try {
            while (System.in.read() >= 0) {
                // nothing is ever sent: only the end matters
            }
        } catch (IOException e) {
            // the pipe broke: the same as its end
        }
        System.exit(0);
    }
}
