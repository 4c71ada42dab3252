/** What the server is and how it is set up, and the small tools: time, identifiers, encoding. */
@NullMarked
package org.ithil.web.system;

import org.jspecify.annotations.NullMarked;
