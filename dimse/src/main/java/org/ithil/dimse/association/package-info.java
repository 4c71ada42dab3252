/**
 * Associations: the state machine of PS3.8 9.2, what was negotiated, and the two ends' view of an
 * established association: messages in, messages out, release, abort.
 */
@NullMarked
package org.ithil.dimse.association;

import org.jspecify.annotations.NullMarked;
