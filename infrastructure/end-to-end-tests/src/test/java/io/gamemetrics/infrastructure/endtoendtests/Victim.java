package io.gamemetrics.infrastructure.endtoendtests;

import io.gamemetrics.infrastructure.embeddedservers.EmbeddedServer;
import io.gamemetrics.infrastructure.testkit.ServiceProcess;

/** A process that a test kills with signal 9, and starts again. */
interface Victim {

    String name();

    void kill() throws Exception;

    /** Returns when it works again. */
    void startAgain() throws Exception;

    static Victim of(EmbeddedServer server) {
        return new Victim() {
            @Override
            public String name() {
                return server.name();
            }

            @Override
            public void kill() {
                server.kill();
            }

            @Override
            public void startAgain() {
                server.startAgain();
            }
        };
    }

    static Victim of(ServiceProcess service) {
        return new Victim() {
            @Override
            public String name() {
                return service.name() + ":" + service.port();
            }

            @Override
            public void kill() throws Exception {
                service.kill();
            }

            @Override
            public void startAgain() throws Exception {
                service.startAgain();
                service.untilHealthy();
            }
        };
    }
}
