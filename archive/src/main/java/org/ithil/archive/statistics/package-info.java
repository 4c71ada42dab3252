/** Counts and sizes of what the archive keeps. */
@NullMarked
package org.ithil.archive.statistics;

import org.jspecify.annotations.NullMarked;
