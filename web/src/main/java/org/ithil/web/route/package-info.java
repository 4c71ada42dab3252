/** Requests, answers and the router between them, free of any HTTP engine. */
@NullMarked
package org.ithil.web.route;

import org.jspecify.annotations.NullMarked;
