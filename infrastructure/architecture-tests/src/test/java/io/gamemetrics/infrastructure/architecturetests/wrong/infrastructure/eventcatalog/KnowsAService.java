package io.gamemetrics.infrastructure.architecturetests.wrong.infrastructure.eventcatalog;

import io.gamemetrics.infrastructure.architecturetests.wrong.commandside.Service;

record KnowsAService(Service service) {}
