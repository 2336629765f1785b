package io.gamemetrics.infrastructure.eventstream;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.axonframework.extensions.kafka.eventhandling.producer.ConfirmationMode;
import org.axonframework.extensions.kafka.eventhandling.producer.ProducerFactory;

/**
 * Real producers that break off at a random call: closed at once with their transaction open, as if their process had
 * been killed, or right after a commit whose answer never came.
 */
final class BreakingProducers implements ProducerFactory<byte[], byte[]> {

    private final KafkaClients clients;
    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final AtomicInteger left;
    private final int breaks;

    /** @param breaks how many producers break; those after them are whole */
    BreakingProducers(StreamSettings settings, int breaks) {
        this.clients = new KafkaClients(settings);
        this.breaks = breaks;
        this.left = new AtomicInteger(breaks);
    }

    long seed() {
        return seed;
    }

    int broken() {
        return breaks - left.get();
    }

    @Override
    @SuppressWarnings("unchecked") // A proxy of the raw interface.
    public Producer<byte[], byte[]> createProducer() {
        Producer<byte[], byte[]> producer = clients.createProducer();
        if (left.get() == 0) {
            return producer;
        }
        AtomicInteger sends = new AtomicInteger(random.nextInt(120));
        boolean afterCommit = random.nextBoolean();
        return (Producer<byte[], byte[]>) Proxy.newProxyInstance(
                Producer.class.getClassLoader(), new Class<?>[] {Producer.class}, (proxy, method, arguments) -> {
                    boolean counts = method.getName().equals(afterCommit ? "commitTransaction" : "send");
                    boolean breaks = counts && sends.addAndGet(afterCommit ? -60 : -1) < 0;
                    if (breaks && !afterCommit) {
                        throw breakOff(producer);
                    }
                    try {
                        Object result = method.invoke(producer, arguments);
                        if (breaks) {
                            throw breakOff(producer);
                        }
                        return result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private KafkaException breakOff(Producer<byte[], byte[]> producer) {
        left.decrementAndGet();
        producer.close(Duration.ZERO);
        return new KafkaException("broken off by the test");
    }

    @Override
    public ConfirmationMode confirmationMode() {
        return ConfirmationMode.TRANSACTIONAL;
    }

    @Override
    public void shutDown() {}
}
