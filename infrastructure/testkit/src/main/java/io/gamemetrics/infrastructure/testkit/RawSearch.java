package io.gamemetrics.infrastructure.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Searches the bytes of all files below a folder for texts: in UTF-8 and UTF-16, JSON-escaped, hexadecimal and in base64
 * wherever the text begins in it. Does not look into compressed files. A search that finds nothing proves something only
 * when it finds a planted control as well.
 */
public final class RawSearch {

    private static final int CHUNK_BYTES = 1 << 22;

    private final Map<String, List<byte[]>> needles = new LinkedHashMap<>();
    private int longest;

    private RawSearch() {}

    /** A search for these texts, each at least 6 characters: shorter ones turn up by chance. */
    public static RawSearch forTexts(String... texts) {
        RawSearch search = new RawSearch();
        for (String text : texts) {
            if (text.length() < 6) {
                throw new IllegalArgumentException("a needle must have at least 6 characters: length=" + text.length());
            }
            List<byte[]> forms = formsOf(text);
            search.needles.put(text, forms);
            forms.forEach(form -> search.longest = Math.max(search.longest, form.length));
        }
        return search;
    }

    /** The files below the folder in which each text was found; a text that is nowhere has none. */
    public Map<String, List<Path>> below(Path folder) {
        Map<String, List<Path>> hits = new LinkedHashMap<>();
        needles.keySet().forEach(text -> hits.put(text, new ArrayList<>()));
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                search(file, hits);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return hits;
    }

    private void search(Path file, Map<String, List<Path>> hits) throws IOException {
        byte[] window = new byte[CHUNK_BYTES + longest];
        int kept = 0;
        try (var in = Files.newInputStream(file)) {
            for (int read; (read = in.readNBytes(window, kept, CHUNK_BYTES)) > 0; ) {
                String text = new String(window, 0, kept + read, ISO_8859_1);
                needles.forEach((needle, forms) -> {
                    List<Path> found = hits.get(needle);
                    if (found != null
                            && !found.contains(file)
                            && forms.stream().anyMatch(form -> contains(text, form))) {
                        found.add(file);
                    }
                });
                // What a chunk's end cuts in two is whole at the beginning of the next.
                int next = Math.min(longest, kept + read);
                System.arraycopy(window, kept + read - next, window, 0, next);
                kept = next;
            }
        } catch (NoSuchFileException e) {
            // A server may delete a file of its own between listing and reading.
        }
    }

    private static boolean contains(String text, byte[] form) {
        return text.contains(new String(form, ISO_8859_1));
    }

    private static List<byte[]> formsOf(String text) {
        byte[] utf8 = text.getBytes(UTF_8);
        List<byte[]> forms = new ArrayList<>(List.of(
                utf8,
                text.getBytes(UTF_16LE),
                text.getBytes(UTF_16BE),
                jsonEscaped(text, false, "\\u%04x").getBytes(UTF_8),
                jsonEscaped(text, false, "\\u%04X").getBytes(UTF_8),
                jsonEscaped(text, true, "\\u%04x").getBytes(UTF_8),
                jsonEscaped(text, true, "\\u%04X").getBytes(UTF_8),
                hex(utf8).getBytes(UTF_8),
                hex(utf8).toUpperCase(Locale.ROOT).getBytes(UTF_8)));
        for (int offset = 0; offset < 3; offset++) {
            forms.add(base64(Base64.getEncoder(), utf8, offset));
            forms.add(base64(Base64.getUrlEncoder(), utf8, offset));
        }
        return forms;
    }

    /** The characters of base64 that depend on nothing but the text, when {@code offset} bytes come before it. */
    private static byte[] base64(Base64.Encoder encoder, byte[] text, int offset) {
        byte[] shifted = new byte[offset + text.length];
        System.arraycopy(text, 0, shifted, offset, text.length);
        byte[] encoded = encoder.withoutPadding().encode(shifted);
        int from = (offset * 8 + 5) / 6;
        int to = shifted.length * 8 / 6;
        return Arrays.copyOfRange(encoded, from, to);
    }

    private static String jsonEscaped(String text, boolean everything, String form) {
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (everything || c < ' ' || c > '~') {
                escaped.append(form.formatted((int) c));
            } else if (c == '"' || c == '\\') {
                escaped.append('\\').append(c);
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
