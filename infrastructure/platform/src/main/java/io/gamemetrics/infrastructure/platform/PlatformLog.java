package io.gamemetrics.infrastructure.platform;

import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** Where all libraries write: a file in the data folder. */
final class PlatformLog {

    private PlatformLog() {}

    /** Before the first logger is made: libraries ask for theirs while their classes load. */
    static void into(DataFolder data) {
        System.setProperty("gamemetrics.log", data.file("platform.log").toString());
        System.setProperty("logback.configurationFile", "io/gamemetrics/infrastructure/platform/logback.xml");
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        LoggerFactory.getLogger(PlatformLog.class).info("start");
    }
}
