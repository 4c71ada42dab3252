/** The browser application: static files that the server hands over. */
@NullMarked
package org.ithil.web.application;

import org.jspecify.annotations.NullMarked;
