package io.gamemetrics.infrastructure.architecturetests.wrong.sharedkernel;

import org.axonframework.messaging.MetaData;

record UsesAxon(MetaData metaData) {}
