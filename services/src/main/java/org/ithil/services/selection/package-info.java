/** Resources that a client names for a job, and the instances below them. */
@NullMarked
package org.ithil.services.selection;

import org.jspecify.annotations.NullMarked;
