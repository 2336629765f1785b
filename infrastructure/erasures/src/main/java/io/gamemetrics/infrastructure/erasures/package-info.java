/**
 * What is ordered of those who keep read models when somebody is erased, and what they answer. Without a word of games;
 * streams are pseudonyms.
 */
@NullMarked
package io.gamemetrics.infrastructure.erasures;

import org.jspecify.annotations.NullMarked;
