/** Other servers of this kind and the HTTP client that talks to them. */
@NullMarked
package org.ithil.services.peer;

import org.jspecify.annotations.NullMarked;
