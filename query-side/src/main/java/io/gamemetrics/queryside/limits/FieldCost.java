package io.gamemetrics.queryside.limits;

import graphql.analysis.QueryVisitorFieldEnvironment;
import io.gamemetrics.projections.metricsstore.Granularity;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a field costs, from its arguments alone: the values it may answer, plus ten for each day the store looks through.
 * Lists whose length nobody knows beforehand are taken for long.
 */
final class FieldCost {

    private static final long PER_DAY = 10;
    private static final long UNKNOWN_LIST = 4;
    private static final long LONG_LIST = 20;
    private static final long EVENT_NAMES = 200;
    private static final long FUNNEL_SERIES = 20;
    private static final long DEFAULT_TOP = 20;
    private static final long MONTH = 30;
    private static final long SEARCH = 100;

    private FieldCost() {}

    /** The field's own work, without its children. */
    static long work(QueryVisitorFieldEnvironment field) {
        return switch (place(field)) {
            case "Game.dailyMetrics", "Game.summary", "Game.retention", "Game.revenueByItem" -> PER_DAY * days(field);
            case "Game.metrics", "Game.eventMetrics" -> PER_DAY * days(field) * (1 + size(field, "by"));
            case "Game.activePlayers" -> PER_DAY * MONTH;
            case "Player.recommendations", "Player.similarPlayers", "Item.similar" -> SEARCH;
            case "Query.projections", "Query.erasedPlayers" -> SEARCH;
            case "DataSubjectRequest.steps" -> PER_DAY;
            case "Query.replays" -> PER_DAY * number(field, "first", 1);
            case "Query.dataSubjectRequests", "Query.auditTrail" -> number(field, "first", 1);
            case "Game.funnel" -> PER_DAY * days(field) * Math.max(1, size(field, "steps"));
            case "Funnel.steps" -> field.getParentEnvironment() == null ? 0 : work(field.getParentEnvironment());
            default -> 0;
        };
    }

    /** How often the field's children may be answered. */
    static long rows(QueryVisitorFieldEnvironment field) {
        return switch (place(field)) {
            case "Game.dailyMetrics", "Retention.cohorts" -> days(field);
            case "Retention.summary", "Cohort.points" -> size(field, "days");
            case "Game.metrics", "Game.eventMetrics" -> size(field, "by") == 0 ? 1 : number(field, "top", DEFAULT_TOP);
            case "Series.points" -> buckets(field);
            case "Game.revenueByItem" -> number(field, "first", 1);
            case "Query.replays",
                    "DataSubjectRequestConnection.edges",
                    "DataSubjectRequestConnection.nodes",
                    "AuditConnection.edges",
                    "AuditConnection.nodes" -> number(field, "first", 1);
            case "DataMap.stores", "DataStore.places", "DataPlace.fields", "DataSubjectRequest.steps" -> LONG_LIST;
            case "Query.erasedPlayers",
                    "Query.projections",
                    "Projection.versions",
                    "Projection.offers",
                    "Replay.actions" -> UNKNOWN_LIST;
            case "Game.eventNames" -> EVENT_NAMES;
            case "Funnel.series" -> FUNNEL_SERIES;
            case "Funnel.steps", "FunnelSeries.steps" -> size(field, "steps");
            case "LeaderboardConnection.edges", "LeaderboardConnection.nodes" ->
                number(field, "last", number(field, "first", DEFAULT_TOP));
            case "Player.recommendations", "Player.similarPlayers", "Item.similar", "Leaderboard.aroundPlayer" ->
                number(field, "first", 1);
            case "Revenue.byCurrency", "Revenue.unconverted", "Series.labels" -> UNKNOWN_LIST;
            default -> 1;
        };
    }

    private static String place(QueryVisitorFieldEnvironment field) {
        return field.getFieldsContainer().getName() + "."
                + field.getFieldDefinition().getName();
    }

    private static long days(QueryVisitorFieldEnvironment field) {
        return Math.max(1, lengthIn(ChronoUnit.DAYS, field));
    }

    private static long buckets(QueryVisitorFieldEnvironment field) {
        ChronoUnit unit =
                switch (argument(field, "granularity")) {
                    case Granularity granularity -> unitOf(granularity);
                    case String name -> unitOf(Granularity.valueOf(name));
                    case null, default -> ChronoUnit.DAYS;
                };
        return Math.max(1, lengthIn(unit, field));
    }

    private static ChronoUnit unitOf(Granularity granularity) {
        return switch (granularity) {
            case MINUTE -> ChronoUnit.MINUTES;
            case HOUR -> ChronoUnit.HOURS;
            case DAY -> ChronoUnit.DAYS;
        };
    }

    /** The length of the field's or its nearest ancestor's range; 0 for a range that ends before it begins. */
    private static long lengthIn(ChronoUnit unit, QueryVisitorFieldEnvironment field) {
        Object from = argument(field, "from");
        Object to = argument(field, "to");
        if (from instanceof LocalDate first && to instanceof LocalDate last) {
            return Math.max(0, ChronoUnit.DAYS.between(first, last) + 1);
        }
        if (from instanceof Instant first && to instanceof Instant last && !last.isBefore(first)) {
            return Duration.between(first, last).dividedBy(unit.getDuration()) + 1;
        }
        return 0;
    }

    private static long size(QueryVisitorFieldEnvironment field, String name) {
        return argument(field, name) instanceof Collection<?> values ? values.size() : 0;
    }

    private static long number(QueryVisitorFieldEnvironment field, String name, long otherwise) {
        return argument(field, name) instanceof Number value ? Math.max(1, value.longValue()) : otherwise;
    }

    /** The argument of the field itself or of the nearest field around it that has one of this name. */
    private static @Nullable Object argument(QueryVisitorFieldEnvironment field, String name) {
        for (QueryVisitorFieldEnvironment at = field; at != null; at = at.getParentEnvironment()) {
            Map<String, Object> arguments = at.getArguments();
            if (arguments.containsKey(name)) {
                return arguments.get(name);
            }
        }
        return null;
    }
}
