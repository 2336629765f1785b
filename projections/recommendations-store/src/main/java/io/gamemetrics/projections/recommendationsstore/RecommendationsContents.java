package io.gamemetrics.projections.recommendationsstore;

import io.gamemetrics.infrastructure.readstore.Contents;
import io.gamemetrics.infrastructure.readstore.EntrySource;
import io.gamemetrics.infrastructure.readstore.PostgresContents;
import io.gamemetrics.infrastructure.readstore.SqlEntries;
import java.util.List;
import java.util.function.Predicate;
import javax.sql.DataSource;

/**
 * What a version of the recommendations holds, at one moment; items by their ids. Sections, each by game:
 *
 * <ul>
 *   <li>{@code game}, {@code item}, {@code interaction}, {@code purchase}: exact
 *   <li>{@code source}: exact; a part of it {@code :link}
 *   <li>{@code item_vector}: what the active model says of each item, near or far, see {@link VectorEntries}
 * </ul>
 *
 * Popular lists and players' own vectors are no part of it: they are counted from the exact half and the model again and
 * again, a little later, so that a difference would only say who was later.
 */
public final class RecommendationsContents {

    private static final String ITEM = "coalesce((SELECT i.item_id FROM item i WHERE i.number = e.item), '?')";

    private RecommendationsContents() {}

    /**
     * Takes a snapshot of it.
     *
     * @param version which; its tables are there
     * @param asked which sections are given, by name
     * @throws RecommendationsStoreException as all its methods do when the database can't be asked
     */
    public static Contents open(DataSource database, int version, Predicate<String> asked) {
        return PostgresContents.open(
                RecommendationsSchema.of(database, version),
                RecommendationsWriter.PROJECTION,
                sources(),
                asked,
                connection -> null,
                RecommendationsStoreException::new);
    }

    private static List<EntrySource> sources() {
        return List.of(
                entries("game", "e.number", "e.game_id", "NULL::uuid", "'known'", "game e WHERE true"),
                entries("item", "e.game", "e.item_id", "NULL::uuid", "'known'", "item e WHERE true"),
                ofStream(
                        "interaction",
                        "concat(e.stream, ' ', e.kind, ' ', " + ITEM + ")",
                        "ROW(e.events, trim_scale(e.weight))",
                        "interaction e WHERE true"),
                ofStream(
                        "purchase",
                        "concat(e.stream, ' ', e.purchase)",
                        "ROW(" + ITEM + ", e.paid, e.refunds, trim_scale(e.refunded))",
                        "purchase e WHERE true"),
                ofStream("source", "e.stream::text", "ROW(e.person, e.country, e.platform)", "source e WHERE true"),
                ofStream("source:link", "e.stream::text", "e.person", "source e WHERE e.person IS NOT NULL"),
                new VectorEntries());
    }

    private static EntrySource ofStream(String section, String key, String value, String from) {
        return new SqlEntries(
                List.of(section), select(section, "e.game", key, "e.stream", value, from), null, "e.stream");
    }

    private static EntrySource entries(
            String section, String game, String key, String stream, String value, String from) {
        return new SqlEntries(List.of(section), select(section, game, key, stream, value, from), null, null);
    }

    private static String select(String section, String game, String key, String stream, String value, String from) {
        return "SELECT '" + section + "' AS section, " + game + " AS game, NULL::date AS day, " + key + " AS key, "
                + stream + " AS stream, " + value + "::text AS value FROM " + from + SqlEntries.WITHIN;
    }
}
