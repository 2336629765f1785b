/**
 * What every process that runs projections has in common: where events come from, where read models are, how a runner is
 * made and how its health is told. Each projection adds its own wiring; a process, or the platform, is a list of those.
 */
@NullMarked
package io.gamemetrics.projections.service;

import org.jspecify.annotations.NullMarked;
