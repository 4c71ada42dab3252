/**
 * Long operations as the index keeps them: what was asked for, how far it is, what it left. The
 * engine that runs them is in {@link org.ithil.archive.job.engine}.
 */
@NullMarked
package org.ithil.archive.job;

import org.jspecify.annotations.NullMarked;
