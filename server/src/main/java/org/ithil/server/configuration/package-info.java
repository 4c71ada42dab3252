/**
 * The configuration of the server: which keys there are, how files of them are merged, and the
 * records that the modules are built from.
 */
@NullMarked
package org.ithil.server.configuration;

import org.jspecify.annotations.NullMarked;
