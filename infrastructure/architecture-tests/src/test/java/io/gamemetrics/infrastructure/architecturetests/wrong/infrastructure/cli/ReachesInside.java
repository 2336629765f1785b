package io.gamemetrics.infrastructure.architecturetests.wrong.infrastructure.cli;

import io.gamemetrics.infrastructure.architecturetests.wrong.commandside.Service;

record ReachesInside(Service service) {}
