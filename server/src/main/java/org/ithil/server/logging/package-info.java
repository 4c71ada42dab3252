/** The log: its categories and levels, one line per event, and where the lines go. */
@NullMarked
package org.ithil.server.logging;

import org.jspecify.annotations.NullMarked;
