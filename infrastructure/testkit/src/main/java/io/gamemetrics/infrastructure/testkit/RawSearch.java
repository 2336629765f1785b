package io.gamemetrics.infrastructure.testkit;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Searches the bytes of all files below a folder for texts: in UTF-8 and UTF-16, JSON-escaped, hexadecimal and in base64
 * wherever the text begins in it. Does not look into compressed files. A search that finds nothing proves something only
 * when it finds a planted control as well.
 */
public final class RawSearch {

    private static final int CHUNK_BYTES = 1 << 22;

    /** By so many of its first bytes a form is told from the others, before it is compared. */
    private static final int HEAD_BYTES = 4;

    private static final int SLOT_BITS = 16;

    private final Set<String> texts = new LinkedHashSet<>();
    private final Map<Integer, List<Form>> byHead = new HashMap<>();

    /** Where no form's head has its slot nothing need be compared: nearly everywhere. */
    private final boolean[] slots = new boolean[1 << SLOT_BITS];

    private int longest;

    private RawSearch() {}

    /** A search for these texts, each at least 6 characters: shorter ones turn up by chance. */
    public static RawSearch forTexts(String... texts) {
        RawSearch search = new RawSearch();
        for (String text : texts) {
            if (text.length() < 6) {
                throw new IllegalArgumentException("a needle must have at least 6 characters: length=" + text.length());
            }
            search.texts.add(text);
            formsOf(text).forEach(bytes -> search.add(new Form(text, bytes)));
        }
        return search;
    }

    private record Form(String text, byte[] bytes) {

        boolean isAt(int from, byte[] window, int length) {
            int to = from + bytes.length;
            return from >= 0 && to <= length && Arrays.equals(window, from, to, bytes, 0, bytes.length);
        }
    }

    private void add(Form form) {
        int head = ByteBuffer.wrap(form.bytes()).getInt();
        byHead.computeIfAbsent(head, any -> new ArrayList<>()).add(form);
        slots[slot(head)] = true;
        longest = Math.max(longest, form.bytes().length);
    }

    private static int slot(int head) {
        return (head * 0x9E3779B1) >>> (Integer.SIZE - SLOT_BITS);
    }

    /** The files below the folder in which each text was found; a text that is nowhere has none. */
    public Map<String, List<Path>> below(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return in(files.filter(Files::isRegularFile).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same, of these files. */
    public Map<String, List<Path>> in(Iterable<Path> files) {
        Map<String, List<Path>> hits = new LinkedHashMap<>();
        texts.forEach(text -> hits.put(text, new ArrayList<>()));
        byte[] window = new byte[CHUNK_BYTES + longest];
        for (Path file : files) {
            Set<String> found = textsIn(file, window);
            hits.forEach((text, where) -> {
                if (found.contains(text)) {
                    where.add(file);
                }
            });
        }
        return hits;
    }

    private Set<String> textsIn(Path file, byte[] window) {
        Set<String> found = new HashSet<>();
        int kept = 0;
        try (var in = Files.newInputStream(file)) {
            for (int read; (read = in.readNBytes(window, kept, CHUNK_BYTES)) > 0; ) {
                look(window, kept + read, found);
                // What a chunk's end cuts in two is whole at the beginning of the next.
                int next = Math.min(longest, kept + read);
                System.arraycopy(window, kept + read - next, window, 0, next);
                kept = next;
            }
        } catch (NoSuchFileException e) {
            // A server may delete a file of its own between listing and reading.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    /** Once over it for all forms: there are a dozen of each text. */
    private void look(byte[] window, int length, Set<String> found) {
        int head = 0;
        for (int at = 0; at < length; at++) {
            head = (head << Byte.SIZE) | (window[at] & 0xFF);
            if (slots[slot(head)]) {
                for (Form form : byHead.getOrDefault(head, List.of())) {
                    if (form.isAt(at + 1 - HEAD_BYTES, window, length)) {
                        found.add(form.text());
                    }
                }
            }
        }
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
