package io.gamemetrics.infrastructure.eventstream;

import io.gamemetrics.infrastructure.eventstore.StoredEvent;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.extensions.kafka.eventhandling.producer.ConfirmationMode;
import org.axonframework.extensions.kafka.eventhandling.producer.DefaultProducerFactory;
import org.axonframework.extensions.kafka.eventhandling.producer.KafkaPublisher;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;

/** The Kafka extension's own publisher with its own producers, an event a unit of work, as it comes. */
final class ExtensionPublisher implements AutoCloseable {

    private static final long ANSWER_MILLIS = 30_000;

    private final DefaultProducerFactory<byte[], byte[]> producers;
    private final KafkaPublisher<byte[], byte[]> publisher;

    ExtensionPublisher(StreamSettings settings, ConfirmationMode mode) {
        DefaultProducerFactory.Builder<byte[], byte[]> factory = DefaultProducerFactory.<byte[], byte[]>builder()
                .configuration(Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        settings.bootstrapServers(),
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
                        ByteArraySerializer.class,
                        ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
                        ByteArraySerializer.class))
                .confirmationMode(mode);
        this.producers = (mode.isTransactional() ? factory.transactionalIdPrefix(settings.topic()) : factory).build();
        this.publisher = KafkaPublisher.<byte[], byte[]>builder()
                .producerFactory(producers)
                .messageConverter(new EventRecordConverter())
                .topicResolver(event -> Optional.of(settings.topic()))
                .publisherAckTimeout(ANSWER_MILLIS)
                .build();
    }

    void publish(StoredEvent event) {
        DefaultUnitOfWork<?> work = DefaultUnitOfWork.startAndGet(null);
        publisher.send(GenericEventMessage.asEventMessage(event));
        work.commit();
    }

    @Override
    public void close() {
        publisher.shutDown();
        producers.shutDown();
    }
}
