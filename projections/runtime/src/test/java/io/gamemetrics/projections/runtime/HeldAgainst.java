package io.gamemetrics.projections.runtime;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.infrastructure.readstore.Cell;
import io.gamemetrics.infrastructure.readstore.Contents;
import io.gamemetrics.infrastructure.readstore.Entry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Holds what one version has against what another has: first cells, then every entry. */
public final class HeldAgainst {

    private HeldAgainst() {}

    /** All cells by key; fails unless they come in order and each once. */
    public static Map<Cell.Key, Cell> cells(Contents contents) {
        List<Cell> cells = new ArrayList<>();
        contents.forEachCell(cells::add);
        assertThat(cells).extracting(Cell::key).isSorted().doesNotHaveDuplicates();
        assertThat(cells).allSatisfy(cell -> assertThat(cell.count()).isPositive());
        return cells.stream().collect(Collectors.toMap(Cell::key, cell -> cell, (a, b) -> a, TreeMap::new));
    }

    /** Cells that are not alike, or only in one. */
    public static Set<Cell.Key> differingCells(Map<Cell.Key, Cell> one, Map<Cell.Key, Cell> other) {
        Set<Cell.Key> keys = new TreeSet<>(one.keySet());
        keys.addAll(other.keySet());
        keys.removeIf(key -> one.containsKey(key) && one.get(key).equals(other.get(key)));
        return keys;
    }

    /**
     * Fails unless both have the same cells and, as far as looked at one by one and asked for by key, the same entries. One
     * after the other is opened: a server may have one connection only.
     *
     * @param which cells
     */
    public static void same(Supplier<Contents> one, Supplier<Contents> other, Predicate<Cell.Key> which) {
        Map<Cell.Key, Cell> ones = cells(one, which);
        Map<Cell.Key, Cell> others = cells(other, which);
        Set<Cell.Key> differing = differingCells(ones, others);
        Set<Cell.Key> looked = new TreeSet<>(differing);
        ones.keySet().stream().filter(HeldAgainst::isLookedInto).forEach(looked::add);
        Map<Cell.Key, Map<String, Entry>> found = entries(one, looked);
        Map<Cell.Key, Map<String, Entry>> expected = entries(other, looked);
        List<String> differences = new ArrayList<>();
        looked.forEach(cell -> differences(
                cell, found.getOrDefault(cell, Map.of()), expected.getOrDefault(cell, Map.of()), differences));
        assertThat(differences).as("this, and what it is held against").isEmpty();
        assertThat(differing).as("cells whose entries are all alike").isEmpty();
        assertThat(ones).isNotEmpty();
    }

    /** Some of those that are alike, the same each time. */
    private static boolean isLookedInto(Cell.Key cell) {
        return Math.floorMod(cell.hashCode(), 20) == 0;
    }

    private static Map<Cell.Key, Cell> cells(Supplier<Contents> of, Predicate<Cell.Key> which) {
        try (Contents contents = of.get()) {
            Map<Cell.Key, Cell> cells = cells(contents);
            cells.keySet().removeIf(which.negate());
            return cells;
        }
    }

    private static Map<Cell.Key, Map<String, Entry>> entries(Supplier<Contents> of, Set<Cell.Key> cells) {
        try (Contents contents = of.get()) {
            Map<Cell.Key, Map<String, Entry>> entries = new TreeMap<>();
            for (Cell.Key cell : cells) {
                Map<String, Entry> all = entries(contents, cell);
                List<String> some =
                        all.keySet().stream().limit(Contents.PAGE - 1).collect(toCollection(ArrayList::new));
                some.add("nobody's");
                Map<String, Entry> asked = contents.find(cell, some);
                assertThat(asked).as("asked for by key in %s", cell).hasSize(some.size() - 1);
                asked.forEach(
                        (key, entry) -> assertThat(alike(entry, all.get(key))).isTrue());
                entries.put(cell, all);
            }
            return entries;
        }
    }

    private static void differences(
            Cell.Key cell, Map<String, Entry> found, Map<String, Entry> expected, List<String> differences) {
        Set<String> keys = new TreeSet<>(found.keySet());
        keys.addAll(expected.keySet());
        keys.removeIf(
                key -> found.containsKey(key) && alike(Objects.requireNonNull(found.get(key)), expected.get(key)));
        keys.forEach(key -> differences.add(cell + "\n  " + found.get(key) + "\n  " + expected.get(key)));
    }

    /** All entries of a cell; fails unless they are as many as it says. */
    public static Map<String, Entry> entries(Contents contents, Cell.Key key) {
        Map<String, Entry> entries = new TreeMap<>();
        contents.forEachPage(key, page -> {
            assertThat(page).hasSizeBetween(1, Contents.PAGE);
            page.forEach(entry -> entries.put(entry.key(), entry));
        });
        return entries;
    }

    private static boolean alike(Entry one, @Nullable Entry other) {
        return switch (one) {
            case Entry.Exact exact -> exact.equals(other);
            case Entry.Vector vector ->
                other instanceof Entry.Vector same
                        && Arrays.equals(vector.values(), same.values())
                        && vector.key().equals(same.key());
        };
    }
}
