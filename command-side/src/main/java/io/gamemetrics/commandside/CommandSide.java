package io.gamemetrics.commandside;

import io.gamemetrics.commandside.wiring.AggregatesWiring;
import io.gamemetrics.commandside.wiring.DataSubjectsWiring;
import io.gamemetrics.commandside.wiring.ErasuresWiring;
import io.gamemetrics.commandside.wiring.HealthWiring;
import io.gamemetrics.commandside.wiring.ReplaysWiring;
import io.gamemetrics.commandside.wiring.RestWiring;
import io.gamemetrics.commandside.wiring.StoreWiring;
import io.gamemetrics.commandside.wiring.StreamWiring;
import io.gamemetrics.commandside.wiring.VaultWiring;
import io.gamemetrics.infrastructure.web.HttpService;
import io.gamemetrics.infrastructure.web.WebDefaults;
import java.util.Map;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;

/** The command side as a process of its own, or in one with others. */
@HttpService
@Import({
    StoreWiring.class,
    VaultWiring.class,
    AggregatesWiring.class,
    DataSubjectsWiring.class,
    StreamWiring.class,
    ErasuresWiring.class,
    ReplaysWiring.class,
    RestWiring.class,
    HealthWiring.class
})
public class CommandSide {

    /** The environment variable that sets the port. */
    public static final String PORT_VARIABLE = "GAMEMETRICS_COMMAND_PORT";

    /** The port unless somebody sets it. */
    public static final int PORT = 8080;

    /** Starts the process. */
    public static void main(String[] arguments) {
        start(Map.of(), arguments);
    }

    /**
     * Starts the command side in this process; closing the context drains and stops it.
     *
     * @param properties defaults that the environment and {@code arguments} override
     */
    public static ConfigurableApplicationContext start(Map<String, Object> properties, String... arguments) {
        return new SpringApplicationBuilder(CommandSide.class)
                .properties(WebDefaults.of("command-side", PORT_VARIABLE, PORT))
                .properties(properties)
                .run(arguments);
    }
}
