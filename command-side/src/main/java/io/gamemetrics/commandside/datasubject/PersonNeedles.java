package io.gamemetrics.commandside.datasubject;

import io.gamemetrics.infrastructure.privacy.RequestSecrets;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Gathers what says who a person is. There is room for {@value #MOST} texts that a request can keep: those that say most
 * come first, however many sessions a player had who was read before. Used by one thread.
 */
final class PersonNeedles {

    /** So many are looked for afterwards. */
    static final int MOST = 2_000;

    /** What a request keeps beside each text. */
    private static final int LENGTH_BYTES = Integer.BYTES;

    private final Set<String> ids = new LinkedHashSet<>();
    private final Set<String> names = new LinkedHashSet<>();
    private final Set<String> sessions = new LinkedHashSet<>();

    /** A player's id or pseudonym. */
    void id(String id) {
        add(ids, id);
    }

    void name(String name) {
        add(names, name);
    }

    void session(String session) {
        add(sessions, session);
    }

    /** Ids and pseudonyms, then names, then sessions, of each the earliest: as many as can be kept. */
    List<String> texts() {
        Set<String> all = new LinkedHashSet<>(ids);
        all.addAll(names);
        all.addAll(sessions);
        List<String> kept = new ArrayList<>();
        int room = RequestSecrets.MAX_BYTES;
        for (String text : all) {
            int bytes = LENGTH_BYTES + text.getBytes(StandardCharsets.UTF_8).length;
            // A shorter one that comes later may still fit.
            if (kept.size() < MOST && bytes <= room) {
                kept.add(text);
                room -= bytes;
            }
        }
        return List.copyOf(kept);
    }

    private static void add(Set<String> texts, String text) {
        if (texts.size() < MOST && !text.isBlank()) {
            texts.add(text);
        }
    }
}
