package io.gamemetrics.projections.livetailstore;

import io.gamemetrics.infrastructure.readstore.RedisCheckpoints;
import io.lettuce.core.RedisException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.sync.RedisClusterCommands;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.IntegerOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The Redis that holds the live tail, one server or a cluster. Safe for concurrent use: all threads share a connection.
 * Redis need not answer when this is opened.
 */
public final class LiveTailStore implements AutoCloseable {

    /** The projection's stable name, under which its checkpoints are kept. */
    public static final String PROJECTION = "live-tail";

    private final RedisLink.Source source;
    private @Nullable RedisLink shared;

    private LiveTailStore(RedisLink.Source source) {
        this.source = source;
    }

    /** @param url {@code redis://:password@host:port}, or {@code cluster:} and the same of any node of a cluster */
    public static LiveTailStore open(String url) {
        return new LiveTailStore(RedisLink.source(url));
    }

    /** Writes for the projection. */
    public LiveTailWriter writer() {
        return new LiveTailWriter(this, checkpoints());
    }

    /** @param partitions how many the stream of events has */
    public LiveTailReader reader(int partitions) {
        return new LiveTailReader(this, checkpoints(), partitions);
    }

    /** Finds and takes away what is kept of persons, and everything. */
    public LiveTailCleaner cleaner() {
        return new LiveTailCleaner(this);
    }

    RedisCheckpoints checkpoints() {
        return new RedisCheckpoints(
                (lua, keys, arguments) -> run(
                        lua,
                        lua.startsWith("return") ? ScriptOutputType.MULTI : ScriptOutputType.INTEGER,
                        keys,
                        arguments),
                PROJECTION);
    }

    Object run(String lua, ScriptOutputType type, List<String> keys, List<String> arguments) {
        try {
            return commands().eval(lua, type, keys.toArray(String[]::new), arguments.toArray(String[]::new));
        } catch (RedisException e) {
            throw new LiveTailStoreException("live tail: a script did not run", e);
        }
    }

    /**
     * Runs a script that writes, and answers a number. The arguments are bytes because the client copies a text into a buffer
     * of its own before it sends it, each of hundreds.
     */
    long append(String lua, List<String> keys, List<byte[]> arguments) {
        CommandArgs<String, String> sent =
                new CommandArgs<>(StringCodec.UTF8).add(lua).add(keys.size()).addKeys(keys);
        arguments.forEach(sent::add);
        try {
            return commands().dispatch(CommandType.EVAL, new IntegerOutput<>(StringCodec.UTF8), sent);
        } catch (RedisException e) {
            throw new LiveTailStoreException("live tail: a script did not run", e);
        }
    }

    synchronized RedisClusterCommands<String, String> commands() {
        RedisLink open = shared;
        if (open == null) {
            open = source.open();
            shared = open;
        }
        return open.commands();
    }

    /** A connection of its own, for commands that wait. */
    RedisLink link() {
        return source.open();
    }

    @Override
    public synchronized void close() {
        if (shared != null) {
            shared.close();
        }
        source.close();
    }
}
