package io.gamemetrics.infrastructure.architecturetests.wrong.queryside;

import io.gamemetrics.infrastructure.architecturetests.wrong.infrastructure.privacy.PostgresVault;

record OpensTheVault(PostgresVault vault) {}
