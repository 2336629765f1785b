package io.gamemetrics.infrastructure.architecturetests.wrong.queryside;

import io.gamemetrics.infrastructure.architecturetests.wrong.infrastructure.platform.Platform;

record StartsThePlatform(Platform platform) {}
