/** The vault: who is behind a pseudonym, the data keys, and the encrypted envelope. */
@NullMarked
package io.gamemetrics.infrastructure.privacy;

import org.jspecify.annotations.NullMarked;
