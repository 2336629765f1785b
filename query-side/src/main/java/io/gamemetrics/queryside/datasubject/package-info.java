/** What is stored about whom, and what was done for data subjects: for the role privacy. */
@NullMarked
package io.gamemetrics.queryside.datasubject;

import org.jspecify.annotations.NullMarked;
