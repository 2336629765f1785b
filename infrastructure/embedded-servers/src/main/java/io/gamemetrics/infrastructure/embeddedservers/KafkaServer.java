package io.gamemetrics.infrastructure.embeddedservers;

import java.nio.file.Path;

/**
 * A real Kafka, broker and controller in one, in a JVM of its own: it can be killed and started again without its
 * starter. It ends by itself when its starter is gone.
 */
public final class KafkaServer extends EmbeddedServer {

    private KafkaServer(KafkaRecipe recipe) {
        super(recipe);
    }

    /**
     * Starts it on the files in {@code folder}; a server left running on them is stopped first.
     *
     * @throws CannotStartException when the server or its files do not allow it
     */
    public static KafkaServer start(Path folder) {
        KafkaRecipe recipe = new KafkaRecipe(new ServerFolder(folder), FreePorts.next(), FreePorts.next());
        return new KafkaServer(recipe);
    }

    /** Where clients find it: {@code host:port}. */
    public String bootstrapServers() {
        return "127.0.0.1:" + port();
    }
}
