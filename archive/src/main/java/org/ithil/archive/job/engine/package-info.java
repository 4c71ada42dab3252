/** Runs jobs: takes them in, in their order, and lets clients stop them, go on with them, watch. */
@NullMarked
package org.ithil.archive.job.engine;

import org.jspecify.annotations.NullMarked;
