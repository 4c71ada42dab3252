/**
 * Protocol data units of PS3.8 9.3: what an association's two ends say to each other, and its
 * bytes.
 */
@NullMarked
package org.ithil.dimse.pdu;

import org.jspecify.annotations.NullMarked;
