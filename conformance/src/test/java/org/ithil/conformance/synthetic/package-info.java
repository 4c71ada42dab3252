/**
 * Images and requesters made here, byte by byte, so that the server is never tested with its own
 * code.
 */
@NullMarked
package org.ithil.conformance.synthetic;

import org.jspecify.annotations.NullMarked;
