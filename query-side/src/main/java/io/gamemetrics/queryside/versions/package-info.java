/** Which versions of the read models answers come from, while operators rebuild and switch them. */
@NullMarked
package io.gamemetrics.queryside.versions;

import org.jspecify.annotations.NullMarked;
