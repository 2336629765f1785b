package io.gamemetrics.infrastructure.architecturetests.wrong.sharedkernel;

import io.gamemetrics.sharedkernel.privacy.PersonalData;

record PrintsAName(@PersonalData String displayName) {}
