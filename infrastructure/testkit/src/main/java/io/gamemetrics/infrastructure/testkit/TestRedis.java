package io.gamemetrics.infrastructure.testkit;

import io.gamemetrics.infrastructure.embeddedservers.RedisServer;

/** One real Redis for all tests of a JVM. Tests keep to key prefixes of their own. */
public final class TestRedis {

    private TestRedis() {}

    /** Its address, {@code redis://:password@host:port}. */
    public static String url() {
        return server().url();
    }

    /** The server itself, for tests that kill it and start it again. */
    public static RedisServer server() {
        return Server.INSTANCE;
    }

    private static final class Server {
        static final RedisServer INSTANCE =
                TestServers.start(folder -> RedisServer.start(folder, TestServers.BINARIES));
    }
}
