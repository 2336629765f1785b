package io.gamemetrics.infrastructure.datamap;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The record of what is stored, after article 30: field by field, personal or not, what for, who sees it, until when.
 *
 * @param stores in the order data flows
 */
public record DataMap(List<Store> stores) {

    /** The files, one a store, in the order data flows. */
    private static final List<String> STORES = List.of(
            "events",
            "event-store",
            "kafka",
            "vault",
            "metrics",
            "games",
            "players",
            "recommendations",
            "vectors",
            "leaderboards",
            "live-tail",
            "replays",
            "erasures",
            "files");

    public DataMap {
        stores = List.copyOf(stores);
    }

    /** The map of this build. */
    public static DataMap current() {
        return new DataMap(STORES.stream().map(DataMap::read).toList());
    }

    /** @throws IllegalArgumentException when there is no store of this name */
    public Store store(String name) {
        return stores.stream()
                .filter(store -> store.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no store of this name in the data map: " + name));
    }

    private static Store read(String name) {
        try (InputStream file = DataMap.class.getResourceAsStream("/data-map/" + name + ".map")) {
            if (file == null) {
                throw new IllegalStateException("this build lacks data-map/" + name + ".map");
            }
            return StoreFile.parse(name, new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
