package io.gamemetrics.projections.recommendations;

import io.gamemetrics.infrastructure.readstore.Hit;
import io.gamemetrics.infrastructure.readstore.ModelSchema;
import io.gamemetrics.infrastructure.readstore.Needles;
import io.gamemetrics.infrastructure.readstore.Person;
import io.gamemetrics.projections.recommendationsstore.RecommendationsSchema;
import io.gamemetrics.projections.recommendationsstore.RecommendationsWriter;
import io.gamemetrics.projections.recommendationsstore.VectorLayout;
import io.gamemetrics.projections.recommendationsstore.vectors.Filter;
import io.gamemetrics.projections.recommendationsstore.vectors.VectorStore;
import io.gamemetrics.projections.recommendationsstore.vectors.Vectors;
import io.gamemetrics.projections.runtime.Erasing;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/** What the recommendations hold of persons: in tables, and in vectors, which are taken away a moment later. */
final class RecommendationsErasing implements Erasing {

    private final DataSource database;
    private final VectorStore vectors;

    RecommendationsErasing(DataSource database, VectorStore vectors) {
        this.database = database;
        this.vectors = vectors;
    }

    /** {@code vector} counts players' own vectors. */
    @Override
    public Map<String, Long> held(int version, Collection<Person> persons) {
        Map<String, Long> held = new TreeMap<>(new RecommendationsWriter(schema(version))
                .held(persons.stream().map(Person::pseudonym).toList()));
        VectorStore mine = Vectors.ofVersion(vectors, version);
        if (mine.meant(VectorLayout.PLAYERS).isPresent()) {
            persons.stream()
                    .collect(Collectors.groupingBy(
                            Person::game,
                            Collectors.mapping(person -> person.pseudonym().toString(), Collectors.toSet())))
                    .forEach((game, ids) -> held.merge(
                            "vector",
                            mine.count(VectorLayout.PLAYERS, Filter.of(game).only(ids)),
                            Long::sum));
            held.values().removeIf(count -> count == 0);
        }
        return held;
    }

    @Override
    public List<Hit> scan(int version, Needles needles) {
        ModelSchema schema = schema(version);
        List<Hit> hits = new ArrayList<>(new RecommendationsWriter(schema).scan(needles));
        VectorStore mine = Vectors.ofVersion(vectors, version);
        for (String collection : List.of(VectorLayout.ITEMS, VectorLayout.PLAYERS)) {
            Map<Integer, Long> found = new TreeMap<>();
            mine.forEachText(
                    collection, text -> needles.in(text).stream().forEach(each -> found.merge(each, 1L, Long::sum)));
            found.forEach((needle, count) -> hits.add(new Hit(schema.name() + " vectors", collection, needle, count)));
        }
        return hits;
    }

    private ModelSchema schema(int version) {
        return RecommendationsSchema.of(database, version);
    }
}
