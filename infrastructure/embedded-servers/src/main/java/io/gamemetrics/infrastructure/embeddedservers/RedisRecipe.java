package io.gamemetrics.infrastructure.embeddedservers;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Redis: its settings are written anew at each start, so that they follow the code. */
record RedisRecipe(ServerFolder folder, Path program, int port) implements Recipe {

    private static final int LOOK_MILLIS = 500;

    @Override
    public String name() {
        return "Redis";
    }

    String password() {
        return Secrets.password(folder.file("password"));
    }

    @Override
    public void beforeStart() {
        try {
            Files.createDirectories(folder.data());
            Secrets.write(
                    settings(),
                    String.join(
                            "\n",
                            "bind 127.0.0.1",
                            "port " + port,
                            "requirepass " + password(),
                            "dir \"" + folder.data() + "\"",
                            "appendonly yes",
                            "appendfsync everysec",
                            "maxmemory-policy noeviction",
                            "save \"\"",
                            // Keeps the command line as it is: by it the next start knows whose process this is.
                            "set-proc-title no",
                            ""));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + settings(), e);
        }
    }

    @Override
    public List<String> command() {
        return List.of(program.toString(), settings().toString());
    }

    /** It answers PONG once it has read its files; before, and to the wrong password, it answers an error. */
    @Override
    public boolean isReady(long pid) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(LOOK_MILLIS);
            OutputStream out = socket.getOutputStream();
            out.write(("AUTH " + password() + "\r\nPING\r\n").getBytes(StandardCharsets.US_ASCII));
            out.flush();
            byte[] answer = socket.getInputStream().readNBytes("+OK\r\n+PONG\r\n".length());
            return new String(answer, StandardCharsets.US_ASCII).endsWith("+PONG\r\n");
        } catch (IOException e) {
            return false; // not listening yet
        }
    }

    private Path settings() {
        return folder.file("redis.conf");
    }
}
