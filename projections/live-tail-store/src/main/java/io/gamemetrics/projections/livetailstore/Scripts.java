package io.gamemetrics.projections.livetailstore;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The Lua scripts beside this package. */
final class Scripts {

    static final String APPEND = load("ids") + load("append");
    static final String PAGE = load("ids") + load("page");
    static final String PURGE = load("purge");

    private Scripts() {}

    private static String load(String name) {
        String path = "/redis/live-tail-store/" + name + ".lua";
        try (InputStream file = Scripts.class.getResourceAsStream(path)) {
            if (file == null) {
                throw new IllegalStateException("script is missing: " + path);
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("script not read: " + path, e);
        }
    }
}
