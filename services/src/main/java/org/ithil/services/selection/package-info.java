/** Resources that a client names for a job: what lies below them, and the log of their export. */
@NullMarked
package org.ithil.services.selection;

import org.jspecify.annotations.NullMarked;
