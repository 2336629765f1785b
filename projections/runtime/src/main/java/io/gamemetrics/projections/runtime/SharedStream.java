package io.gamemetrics.projections.runtime;

import io.gamemetrics.infrastructure.eventstream.KafkaClients;
import io.gamemetrics.infrastructure.eventstream.StreamSettings;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the head of the stream once for several {@link ProjectionRunner}s of a process: records are fetched and parsed once, and
 * all who follow a partition hold the same. Each of them goes on from its own checkpoint by its own consumer until it is at the end
 * of the log; then this one brings it what comes, for as long as it keeps up. A runner that has no room, wants another
 * offset, or is given nothing because this one is in trouble, goes on by itself where it is. Safe for concurrent use.
 */
public final class SharedStream implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SharedStream.class);
    private static final int POLL_RECORDS = 5_000;
    private static final long IDLE_MILLIS = 50;
    private static final long BACKOFF_MILLIS = 1_000;
    private static final Duration END = Duration.ofSeconds(10);

    private final String topic;
    private final KafkaClients clients;
    private final Followers followers = new Followers();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;

    private SharedStream(StreamSettings stream) {
        this.topic = stream.topic();
        this.clients = new KafkaClients(stream);
        this.thread = Thread.ofPlatform().name("shared-stream").daemon(true).unstarted(this::run);
    }

    /** Reads nothing yet: somebody has to follow, and be at the end. */
    public static SharedStream open(StreamSettings stream) {
        SharedStream shared = new SharedStream(stream);
        shared.thread.start();
        return shared;
    }

    /** From now on the inbox is given what is read, whenever it is at the end of the partition's log. */
    void follow(int partition, Inbox inbox) {
        followers.add(partition, inbox);
    }

    void unfollow(Inbox inbox) {
        followers.remove(inbox);
    }

    /** How many partitions of how many runners are given everything now, in all. */
    long sharing() {
        return followers.sharing();
    }

    /** Ends; who follows goes on by itself. */
    @Override
    public void close() {
        closing.countDown();
        try {
            if (!thread.join(END)) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!await(IDLE_MILLIS)) {
                if (!followers.wanted().isEmpty()) {
                    attempt();
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("interrupted", e);
        }
    }

    /** Reads for as long as anybody wants anything. */
    private void attempt() throws InterruptedException {
        try (Consumer<byte[], byte[]> consumer = clients.createConsumer(null, null, POLL_RECORDS)) {
            read(new SharedReading(topic, consumer, followers));
        } catch (Throwable e) {
            // Also an Error: nobody else would read for several again.
            LOG.warn("reading the stream for several begins again; meanwhile each reads for itself", e);
            await(BACKOFF_MILLIS);
        }
    }

    private void read(SharedReading reading) {
        try {
            boolean isWanted = true;
            while (isWanted && closing.getCount() > 0) {
                isWanted = reading.round();
            }
        } finally {
            // At once: to close a consumer may take a while.
            followers.release();
        }
    }

    private boolean await(long millis) throws InterruptedException {
        return closing.await(millis, TimeUnit.MILLISECONDS);
    }
}
