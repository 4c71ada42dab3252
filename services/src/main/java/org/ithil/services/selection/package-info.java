/**
 * Resources that a client names for a job, the instances below them, and the log of what is
 * exported.
 */
@NullMarked
package org.ithil.services.selection;

import org.jspecify.annotations.NullMarked;
