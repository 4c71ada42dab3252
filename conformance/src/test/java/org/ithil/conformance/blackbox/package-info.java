/** What a server must do whoever talks to it, tried on a real process through its sockets. */
@NullMarked
package org.ithil.conformance.blackbox;

import org.jspecify.annotations.NullMarked;
