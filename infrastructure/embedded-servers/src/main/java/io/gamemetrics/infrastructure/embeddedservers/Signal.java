package io.gamemetrics.infrastructure.embeddedservers;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Sends a process a signal by name: Java itself knows TERM and KILL only. */
final class Signal {

    private Signal() {}

    static void send(String name, long pid) {
        try {
            Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            kill.waitFor(); // fails when the process is gone already, which is what was wanted
        } catch (IOException e) {
            throw new UncheckedIOException("cannot send " + name + " to process " + pid, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
