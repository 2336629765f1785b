package io.gamemetrics.queryside;

import io.gamemetrics.infrastructure.web.HttpService;
import io.gamemetrics.infrastructure.web.WebDefaults;
import io.gamemetrics.queryside.datasubject.DataSubjectGraphql;
import io.gamemetrics.queryside.game.FreshnessGraphql;
import io.gamemetrics.queryside.game.GameGraphql;
import io.gamemetrics.queryside.graphiql.GraphiqlPage;
import io.gamemetrics.queryside.graphiql.SchemaText;
import io.gamemetrics.queryside.leaderboard.LeaderboardChangedGraphql;
import io.gamemetrics.queryside.leaderboard.LeaderboardGraphql;
import io.gamemetrics.queryside.leaderboard.LeaderboardPlayers;
import io.gamemetrics.queryside.livetail.LiveTailGraphql;
import io.gamemetrics.queryside.metrics.EventGraphql;
import io.gamemetrics.queryside.metrics.FunnelGraphql;
import io.gamemetrics.queryside.metrics.ItemGraphql;
import io.gamemetrics.queryside.metrics.MetricsChangedGraphql;
import io.gamemetrics.queryside.metrics.MetricsGraphql;
import io.gamemetrics.queryside.metrics.RetentionGraphql;
import io.gamemetrics.queryside.player.PlayerDirectory;
import io.gamemetrics.queryside.player.PlayerGraphql;
import io.gamemetrics.queryside.recommendation.RecommendationGraphql;
import io.gamemetrics.queryside.replay.ReplayGraphql;
import io.gamemetrics.queryside.subscriptions.SubscriptionWiring;
import io.gamemetrics.queryside.wiring.GraphqlWiring;
import io.gamemetrics.queryside.wiring.ReadStores;
import java.util.Map;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.graphql.GraphQlAutoConfiguration;
import org.springframework.boot.autoconfigure.graphql.servlet.GraphQlWebMvcAutoConfiguration;
import org.springframework.boot.autoconfigure.websocket.servlet.WebSocketServletAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Import;

/** The service that answers questions: GraphQL on port 8081 ({@code GAMEMETRICS_QUERY_PORT}), stateless, as many as one likes. */
@HttpService
@ImportAutoConfiguration({
    GraphQlAutoConfiguration.class,
    GraphQlWebMvcAutoConfiguration.class,
    WebSocketServletAutoConfiguration.class
})
@Import({
    GraphqlWiring.class,
    GameGraphql.class,
    FreshnessGraphql.class,
    MetricsGraphql.class,
    RetentionGraphql.class,
    FunnelGraphql.class,
    ItemGraphql.class,
    EventGraphql.class,
    MetricsChangedGraphql.class,
    LiveTailGraphql.class,
    SubscriptionWiring.class,
    LeaderboardGraphql.class,
    LeaderboardPlayers.class,
    LeaderboardChangedGraphql.class,
    PlayerDirectory.class,
    PlayerGraphql.class,
    RecommendationGraphql.class,
    ReplayGraphql.class,
    DataSubjectGraphql.class,
    GraphiqlPage.class,
    SchemaText.class
})
public class QuerySide {

    /** Starts the service of this machine's environment. */
    public static void main(String[] arguments) {
        application(ReadStores.class).run(arguments);
    }

    /**
     * Starts the service in this process; it has answered nothing before this returns and is ready when it does.
     *
     * @param properties win over the environment, for example {@code gamemetrics.timescale.url} and {@code server.port}
     *     (0 for any free one)
     */
    public static ServletWebServerApplicationContext start(Map<String, String> properties) {
        return start(ReadStores.class, properties);
    }

    /** As above, with other stores: beans of the Readers and of the keys. */
    static ServletWebServerApplicationContext start(Class<?> stores, Map<String, String> properties) {
        String[] arguments = properties.entrySet().stream()
                .map(property -> "--" + property.getKey() + "=" + property.getValue())
                .toArray(String[]::new);
        return (ServletWebServerApplicationContext) application(stores).run(arguments);
    }

    private static SpringApplicationBuilder application(Class<?> stores) {
        Map<String, Object> defaults = WebDefaults.of("query-side", "GAMEMETRICS_QUERY_PORT", 8081);
        defaults.put("spring.graphql.graphiql.enabled", "false");
        defaults.put("spring.graphql.schema.printer.enabled", "false");
        defaults.put("spring.graphql.schema.inspection.enabled", "false");
        // Which read model is missing; nothing more of it is told.
        defaults.put("management.endpoint.health.show-components", "always");
        // Subscriptions keep their connections; each costs a buffer of this size.
        defaults.put("server.tomcat.max-connections", "24000");
        defaults.put("server.servlet.context-parameters.org.apache.tomcat.websocket.textBufferSize", "1024");
        defaults.put("server.servlet.context-parameters.org.apache.tomcat.websocket.binaryBufferSize", "128");
        return new SpringApplicationBuilder(QuerySide.class, stores).properties(defaults);
    }
}
