/** Storage, PS3.4 B: what is accepted, and its way from the wire into the archive. */
@NullMarked
package org.ithil.services.storage;

import org.jspecify.annotations.NullMarked;
