package io.gamemetrics.infrastructure.platform;

import io.gamemetrics.infrastructure.embeddedservers.CannotStartException;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * Starts the whole platform on this machine: real servers, then every service, all on loopback. Ends on Ctrl-C, after
 * what was begun is finished. What was stored is there at the next start.
 */
public final class Platform {

    private static final int FAILED = 1;

    private Platform() {}

    public static void main(String[] arguments) {
        Closing closing = new Closing();
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(closing, ended), "platform-stop"));
        try {
            start(PlatformSettings.of(System.getenv()), new Progress(System.out), closing);
            ended.await(); // a signal is the only way out
        } catch (Exception | LinkageError e) {
            if (ended.getCount() == 0) {
                return; // stopped while starting: what broke then says nothing
            }
            System.err.println(Explanation.of(e));
            System.exit(FAILED);
        }
    }

    private static void start(PlatformSettings settings, Progress progress, Closing closing) throws Exception {
        DataFolder data = DataFolder.open(settings.data(), settings.leastFreeMebibytes());
        closing.add(data);
        logTo(data);
        Ports.refuseTaken("GAMEMETRICS_COMMAND_PORT", settings.commandPort());
        Ports.refuseTaken("GAMEMETRICS_QUERY_PORT", settings.queryPort());
        progress.say("GameMetrics Pro starts on " + data.root());
        Map<String, String> properties = new Servers(settings, data, progress, closing).start();
        LocalAccess access = LocalAccess.of(data);
        new Services(settings, properties, access, progress, closing).start();
        access.writeCredentials(data, settings);
        progress.say(Welcome.text(settings, progress.seconds()));
    }

    private static void end(Closing closing, CountDownLatch ended) {
        ended.countDown();
        closing.close();
    }

    /** Before the first logger is made: libraries ask for theirs while their classes load. */
    private static void logTo(DataFolder data) {
        System.setProperty("gamemetrics.log", data.file("platform.log").toString());
        System.setProperty("logback.configurationFile", "io/gamemetrics/infrastructure/platform/logback.xml");
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        LoggerFactory.getLogger(Platform.class).info("start");
    }

    /** Ports are looked at before anything is started, so that nothing has to be taken back. */
    private static final class Ports {
        static void refuseTaken(String variable, int port) {
            if (!io.gamemetrics.infrastructure.embeddedservers.FreePorts.isFree(port)) {
                throw new CannotStartException("Port " + port
                        + " is in use by another program: stop that program, or set " + variable + " to a free port.");
            }
        }
    }
}
