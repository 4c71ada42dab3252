/** Request bodies that are JSON, and their fields. */
@NullMarked
package org.ithil.web.body;

import org.jspecify.annotations.NullMarked;
