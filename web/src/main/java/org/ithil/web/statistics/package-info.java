/** Counts and sizes of the archive and of single resources. */
@NullMarked
package org.ithil.web.statistics;

import org.jspecify.annotations.NullMarked;
