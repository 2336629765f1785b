package io.gamemetrics.infrastructure.datamap;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The map as a document in Markdown. */
final class DataMapDocument {

    private static final String HEAD = """
            # Data map

            What is stored, about whom, what for and until when: the record of processing of article 30 GDPR, as far as a program
            can tell. Who the controller is, and on which ground a studio processes, only the studio can say.

            It is made of [one small file a store](../../infrastructure/data-map/src/main/resources/data-map). Every build compares
            [every table and view, every event and Kafka's records](../../infrastructure/data-map/src/test/java/io/gamemetrics/infrastructure/datamap/DataMapTest.java#everyColumnOfAReadModelIsDeclaredAndNoOther)
            with what is really there, and fails with the file to declare a new field in; kinds of Redis' keys are compared where
            [boards](../../projections/leaderboards-store/src/test/java/io/gamemetrics/projections/leaderboardsstore/DeclaredKeysTest.java) and the
            [live tail](../../projections/live-tail-store/src/test/java/io/gamemetrics/projections/livetailstore/DeclaredKeysTest.java) are tested.
            Vectors, files and what lies inside a board's keys are declared and not compared. `make data-map` writes this document anew; GraphQL answers the same as `dataMap`, to the role `privacy`.

            """;

    private DataMapDocument() {}

    static String of(DataMap map) {
        StringBuilder text = new StringBuilder(HEAD).append("""
                | store | where | what for | who sees it | fields | of them personal |
                |---|---|---|---|---|---|
                """);
        for (Store store : map.stores()) {
            List<StoredField> fields = store.places().stream()
                    .flatMap(place -> place.fields().stream())
                    .toList();
            text.append("| [%s](#%s) | %s | %s | %s | %d | %d |%n"
                    .formatted(
                            store.name(),
                            store.name(),
                            store.where(),
                            store.purpose(),
                            store.recipients(),
                            fields.size(),
                            fields.stream().filter(StoredField::personal).count()));
        }
        text.append("\n| word | personal | means |\n|---|---|---|\n");
        for (Nature nature : Nature.values()) {
            text.append(
                    "| %s | %s | %s |%n".formatted(nature.word(), nature.personal() ? "yes" : "no", nature.meaning()));
        }
        map.stores().forEach(store -> append(store, text));
        return text.toString();
    }

    private static void append(Store store, StringBuilder text) {
        text.append("\n## %s%n%n%s: %s.%n%n| in | personal | not personal | until when |%n|---|---|---|---|%n"
                .formatted(store.name(), store.where(), store.purpose()));
        for (Place place : store.places()) {
            text.append("| `%s` | %s | %s | %s |%n"
                    .formatted(place.name(), personal(place), fields(place, Nature.NONE), place.kept()));
        }
    }

    private static String personal(Place place) {
        return Arrays.stream(Nature.values())
                .filter(Nature::personal)
                .filter(nature -> place.fields().stream().anyMatch(field -> field.nature() == nature))
                .map(nature -> nature.word() + ": " + fields(place, nature))
                .collect(Collectors.joining("; "));
    }

    private static String fields(Place place, Nature nature) {
        return place.fields().stream()
                .filter(field -> field.nature() == nature)
                .map(field -> "`" + field.name() + "`")
                .collect(Collectors.joining(" "));
    }
}
