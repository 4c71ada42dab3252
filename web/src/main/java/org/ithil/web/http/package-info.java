/** The HTTP engine: the only package that knows which one it is. */
@NullMarked
package org.ithil.web.http;

import org.jspecify.annotations.NullMarked;
