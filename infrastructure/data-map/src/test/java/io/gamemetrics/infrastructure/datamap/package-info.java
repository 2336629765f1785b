@org.jspecify.annotations.NullMarked
package io.gamemetrics.infrastructure.datamap;
