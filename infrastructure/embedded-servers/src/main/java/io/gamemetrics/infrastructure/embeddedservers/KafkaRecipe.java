package io.gamemetrics.infrastructure.embeddedservers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** Kafka in KRaft mode on one node. */
record KafkaRecipe(ServerFolder folder, int port, int controllerPort) implements Recipe {

    @Override
    public String name() {
        return "Kafka";
    }

    @Override
    public void beforeStart() {
        Properties settings = new Properties();
        settings.putAll(Map.of(
                "process.roles", "broker,controller",
                "node.id", "1",
                "controller.quorum.voters", "1@127.0.0.1:" + controllerPort,
                "controller.listener.names", "CONTROLLER",
                "listener.security.protocol.map", "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT",
                "listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort,
                "log.dirs", folder.data().toString(),
                "auto.create.topics.enable", "false",
                "group.initial.rebalance.delay.ms", "0"));
        settings.putAll(Map.of(
                "offsets.topic.replication.factor", "1",
                "offsets.topic.num.partitions", "4",
                "transaction.state.log.replication.factor", "1",
                "transaction.state.log.min.isr", "1",
                "transaction.state.log.num.partitions", "4",
                // An imported year of 2015 must not count as older than the retention.
                "log.message.timestamp.type", "LogAppendTime",
                "log.segment.bytes", Integer.toString(128 << 20),
                "log.cleaner.dedupe.buffer.size", Integer.toString(4 << 20),
                "num.network.threads", "2",
                "num.io.threads", "4"));
        try {
            Files.createDirectories(folder.data());
            Files.deleteIfExists(ready());
            try (Writer out = Files.newBufferedWriter(settings())) {
                settings.store(out, null);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + settings(), e);
        }
    }

    @Override
    public List<String> command() {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms64m",
                "-Xmx320m",
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-Dlogback.configurationFile=io/gamemetrics/infrastructure/embeddedservers/kafka-logback.xml",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
        line.addAll(compiler());
        line.addAll(classArchive());
        line.addAll(List.of(KafkaProcess.class.getName(), settings().toString(), ready().toString()));
        return line;
    }

    /** As this JVM compiles, so does Kafka's: tests start quickly, a platform that runs for long gets faster. */
    private static List<String> compiler() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("-XX:TieredStopAtLevel="))
                .toList();
    }

    /** Where this JVM may keep its archive of classes, so may Kafka's: it starts in about half the processor time then. */
    private static List<String> classArchive() {
        String folder = System.getProperty("gamemetrics.class-archives");
        return folder == null
                ? List.of()
                : List.of(
                        "-XX:+AutoCreateSharedArchive",
                        "-XX:SharedArchiveFile=" + Path.of(folder, "kafka.jsa"),
                        "-Xlog:cds*=off",
                        "-Xlog:aot*=off");
    }

    /** The class path goes here and not on the command line, whose length is what the next start has to be able to read. */
    @Override
    public Map<String, String> environment() {
        return Map.of("CLASSPATH", System.getProperty("java.class.path"));
    }

    @Override
    public boolean isReady(long pid) {
        return Files.exists(ready());
    }

    private Path settings() {
        return folder.file("kafka.properties");
    }

    private Path ready() {
        return folder.file("ready");
    }
}
