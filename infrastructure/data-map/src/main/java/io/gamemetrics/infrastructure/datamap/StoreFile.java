package io.gamemetrics.infrastructure.datamap;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A store as its file declares it:
 *
 * <pre>
 * # a remark
 * where: PostgreSQL, schema `players`
 * purpose: a profile of each player
 * recipients: whoever may read the game
 *
 * [player] deleted when the player is erased
 * pseudonym: player, person
 * none: game
 * </pre>
 */
final class StoreFile {

    private static final List<String> HEAD = List.of("where", "purpose", "recipients");

    private final String name;
    private final List<String> head = new ArrayList<>();
    private final List<Place> places = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private final List<StoredField> fields = new ArrayList<>();
    private @Nullable String place;
    private String kept = "";

    private StoreFile(String name) {
        this.name = name;
    }

    /** @throws IllegalArgumentException with the line that can't be understood */
    static Store parse(String name, String text) {
        StoreFile file = new StoreFile(name);
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (!line.isBlank() && !line.startsWith("#") && !file.take(line.strip())) {
                throw new IllegalArgumentException("data-map/" + name + ".map, line " + number + ": " + line);
            }
        }
        file.endPlace();
        if (file.head.size() != HEAD.size()) {
            throw new IllegalArgumentException("data-map/" + name + ".map begins with " + HEAD);
        }
        return new Store(name, file.head.get(0), file.head.get(1), file.head.get(2), file.places);
    }

    private boolean take(String line) {
        if (line.startsWith("[")) {
            return begin(line);
        }
        String[] parts = line.split(":", 2);
        if (parts.length != 2 || parts[1].isBlank()) {
            return false;
        }
        if (head.size() < HEAD.size()) {
            return parts[0].equals(HEAD.get(head.size())) && head.add(parts[1].strip());
        }
        return place != null
                && Nature.of(parts[0])
                        .map(nature -> add(nature, parts[1].split(",")))
                        .orElse(false);
    }

    private boolean begin(String line) {
        int end = line.indexOf(']');
        endPlace();
        if (end < 2 || line.substring(end + 1).isBlank() || head.size() < HEAD.size()) {
            return false;
        }
        place = line.substring(1, end);
        kept = line.substring(end + 1).strip();
        return names.add(place);
    }

    private boolean add(Nature nature, String[] added) {
        return Arrays.stream(added)
                .map(String::strip)
                .allMatch(field -> !field.isEmpty()
                        && fields.stream().noneMatch(known -> known.name().equals(field))
                        && fields.add(new StoredField(field, nature)));
    }

    private void endPlace() {
        if (place != null) {
            if (fields.isEmpty()) {
                throw new IllegalArgumentException(
                        "data-map/" + name + ".map: [" + place + "] has no field; say of each what it is");
            }
            places.add(new Place(place, kept, fields));
            fields.clear();
            place = null;
        }
    }
}
