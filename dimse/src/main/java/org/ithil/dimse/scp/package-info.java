/** The serving side, PS3.7 6.1: a listener, associations served, and the services they reach. */
@NullMarked
package org.ithil.dimse.scp;

import org.jspecify.annotations.NullMarked;
