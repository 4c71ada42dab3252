/**
 * DIMSE messages of PS3.7 9 and 10: commands with their mandatory fields, statuses, and the command
 * set that carries them.
 */
@NullMarked
package org.ithil.dimse.message;

import org.jspecify.annotations.NullMarked;
