package io.gamemetrics.projections.recommendationsstore.vectors;

import java.util.Collection;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Which points are meant: always those of one game.
 *
 * @param version absent: of every version
 * @param only empty: all ids
 * @param without ids that are left out
 */
public record Filter(int game, OptionalInt version, Set<String> only, Set<String> without) {

    public Filter {
        only = Set.copyOf(only);
        without = Set.copyOf(without);
    }

    public static Filter of(int game) {
        return new Filter(game, OptionalInt.empty(), Set.of(), Set.of());
    }

    public static Filter of(int game, int version) {
        return new Filter(game, OptionalInt.of(version), Set.of(), Set.of());
    }

    public Filter only(Collection<String> ids) {
        return new Filter(game, version, Set.copyOf(ids), without);
    }

    public Filter without(Collection<String> ids) {
        return new Filter(game, version, only, Set.copyOf(ids));
    }

    @Override
    public String toString() {
        return "Filter[" + game + "/" + version + ", only=" + only.size() + ", without=" + without.size() + "]";
    }
}
