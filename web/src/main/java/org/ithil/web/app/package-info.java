/** The pages of the browser application. */
@NullMarked
package org.ithil.web.app;

import org.jspecify.annotations.NullMarked;
