package io.gamemetrics.projections.livetailstore;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * An entry of a game's stream: a {@link Run}. It has the field {@value EventFields#PLAYER}, for those who look for a player,
 * and one, {@value #PACKED}, for all else, because Redis, the script and the client each pay by the number of texts. Packed
 * are, as {@link PackedTexts}, field, value, field, value, …, event after event: the number of an event's position; then,
 * unless they are those of the event before, when it was stored and the dimensions; then all else.
 */
final class Entry {

    static final String PACKED = "event";

    private Entry() {}

    /** All of a run but the player. Its first event's number comes first: the script that reads a page looks for it there. */
    static byte[] packed(Run run) {
        StringBuilder packed = new StringBuilder(192 * run.size());
        LiveEvent before = null;
        for (LiveEvent event : run.events()) {
            EventFields.addNumber(packed, event);
            if (before == null || !EventFields.sharedBy(before, event)) {
                EventFields.addShared(packed, event);
            }
            EventFields.addOwn(packed, event);
            before = event;
        }
        return packed.toString().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * An entry's fields and their values, what is packed in one opened; each as often as it is stored. Builds before runs
     * packed one event without its number, and builds before those wrote each field by itself; what can't be opened stays as
     * it is.
     *
     * @param texts field, value, field, value, …
     */
    static List<String> opened(List<String> texts) {
        List<String> opened = new ArrayList<>();
        for (int i = 0; i + 1 < texts.size(); i += 2) {
            List<String> field = texts.subList(i, i + 2);
            opened.addAll(
                    texts.get(i).equals(PACKED)
                            ? PackedTexts.of(texts.get(i + 1)).orElse(field)
                            : field);
        }
        return opened;
    }

    /**
     * The events of an entry, one or more, in order, each with all that is said of it.
     *
     * @param texts field, value, field, value, …
     */
    static List<List<String>> events(List<String> texts) {
        List<List<String>> events = new ArrayList<>();
        List<String> ofAll = new ArrayList<>();
        List<String> shared = new ArrayList<>();
        List<String> own = new ArrayList<>();
        List<String> opened = opened(texts);
        for (int i = 0; i + 1 < opened.size(); i += 2) {
            List<String> field = opened.subList(i, i + 2);
            switch (opened.get(i)) {
                case EventFields.PLAYER -> ofAll.addAll(field);
                case EventFields.NUMBER -> {
                    if (!own.isEmpty()) {
                        events.add(own);
                        own.addAll(shared);
                        own = new ArrayList<>();
                    }
                    own.addAll(field);
                }
                case EventFields.STORED_AT -> {
                    shared.clear();
                    shared.addAll(field);
                }
                case EventFields.PLATFORM, EventFields.COUNTRY, EventFields.APP_VERSION -> shared.addAll(field);
                default -> own.addAll(field);
            }
        }
        own.addAll(shared);
        events.add(own);
        events.forEach(event -> event.addAll(ofAll));
        return events;
    }
}
