package io.gamemetrics.infrastructure.embeddedservers;

import java.nio.file.Path;

/** A real Redis that keeps an append-only file and evicts nothing. */
public final class RedisServer extends EmbeddedServer {

    private final RedisRecipe recipe;

    private RedisServer(RedisRecipe recipe) {
        super(recipe);
        this.recipe = recipe;
    }

    /**
     * Starts it on the files in {@code folder}; a server left running on them is stopped first.
     *
     * @throws CannotStartException when the server or its files do not allow it
     */
    public static RedisServer start(Path folder, ServerBinaries binaries) {
        RedisRecipe recipe = new RedisRecipe(new ServerFolder(folder), binaries.redis(), FreePorts.next());
        return new RedisServer(recipe);
    }

    /** Its address, password included. */
    public String url() {
        return "redis://:" + recipe.password() + "@127.0.0.1:" + port();
    }
}
