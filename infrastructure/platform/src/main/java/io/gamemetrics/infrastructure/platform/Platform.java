package io.gamemetrics.infrastructure.platform;

import io.gamemetrics.infrastructure.embeddedservers.CannotStartException;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

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
        PlatformLog.into(data);
        Ports.refuseTaken("GAMEMETRICS_COMMAND_PORT", settings.commandPort());
        Ports.refuseTaken("GAMEMETRICS_QUERY_PORT", settings.queryPort());
        progress.say("GameMetrics Pro starts on " + data.root());
        Map<String, String> properties = new Servers(settings, data, progress, closing).start();
        LocalAccess access = LocalAccess.of(data);
        new Services(settings, properties, access, progress, closing).start();
        access.writeCredentials(data, settings);
        ClassArchives.complete();
        String first = Welcome.CREATE_A_GAME;
        if (settings.demo()) {
            progress.say("Filling game " + DemoGame.GAME + " …");
            first = progress.step("Demo", new DemoGame(settings, access)::fill);
        }
        progress.say(Welcome.text(settings, progress.seconds(), first));
    }

    private static void end(Closing closing, CountDownLatch ended) {
        ended.countDown();
        closing.close();
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
