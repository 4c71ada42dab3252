/** The process: command line in, modules built and started in order, stopped in the other order. */
@NullMarked
package org.ithil.server;

import org.jspecify.annotations.NullMarked;
