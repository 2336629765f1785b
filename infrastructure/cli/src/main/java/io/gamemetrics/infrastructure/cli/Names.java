package io.gamemetrics.infrastructure.cli;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Names people typed, as parts of an address. */
final class Names {

    private Names() {}

    static String inPath(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
