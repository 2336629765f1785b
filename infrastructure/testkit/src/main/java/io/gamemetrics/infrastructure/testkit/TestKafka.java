package io.gamemetrics.infrastructure.testkit;

import io.gamemetrics.infrastructure.embeddedservers.KafkaServer;

/**
 * One real Kafka broker for all tests of a JVM. It creates no topics by itself: a test creates its own, under a name no
 * other test uses.
 */
public final class TestKafka {

    private TestKafka() {}

    /** Where clients find it: {@code host:port}. The same after the server was killed and started again. */
    public static String bootstrapServers() {
        return server().bootstrapServers();
    }

    /** The server itself, for tests that kill it and start it again. */
    public static KafkaServer server() {
        return Server.INSTANCE;
    }

    private static final class Server {
        static final KafkaServer INSTANCE = TestServers.start(KafkaServer::start);
    }
}
