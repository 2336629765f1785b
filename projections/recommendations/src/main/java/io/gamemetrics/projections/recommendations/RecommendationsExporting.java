package io.gamemetrics.projections.recommendations;

import io.gamemetrics.infrastructure.readstore.Person;
import io.gamemetrics.projections.recommendationsstore.RecommendationsExport;
import io.gamemetrics.projections.recommendationsstore.RecommendationsSchema;
import io.gamemetrics.projections.recommendationsstore.VectorLayout;
import io.gamemetrics.projections.recommendationsstore.vectors.Filter;
import io.gamemetrics.projections.recommendationsstore.vectors.VectorStore;
import io.gamemetrics.projections.recommendationsstore.vectors.Vectors;
import io.gamemetrics.projections.runtime.Exporting;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;

/** What recommendations are made of, for whom they are made. */
record RecommendationsExporting(DataSource database, VectorStore vectors) implements Exporting {

    @Override
    public Map<String, String> tables() {
        return RecommendationsExport.TABLES;
    }

    @Override
    public void export(int version, Collection<Person> person, Rows rows) throws SQLException {
        new RecommendationsExport(RecommendationsSchema.of(database, version))
                .run(person.stream().map(each -> each.pseudonym().value()).toList(), rows::add);
        VectorStore mine = Vectors.ofVersion(vectors, version);
        if (mine.meant(VectorLayout.PLAYERS).isPresent()) {
            for (Person each : person) {
                String id = each.pseudonym().toString();
                if (mine.count(VectorLayout.PLAYERS, Filter.of(each.game()).only(Set.of(id))) > 0) {
                    rows.add("vector", Map.of("pseudonym", id, "kept", true));
                }
            }
        }
    }
}
