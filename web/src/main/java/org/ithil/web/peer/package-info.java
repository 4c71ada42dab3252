/** {@code /peers}: other servers of this kind, and what can be sent to them. */
@NullMarked
package org.ithil.web.peer;

import org.jspecify.annotations.NullMarked;
