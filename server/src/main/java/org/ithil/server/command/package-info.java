/** The command line. */
@NullMarked
package org.ithil.server.command;

import org.jspecify.annotations.NullMarked;
