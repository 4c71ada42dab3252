/** Labels of resources. */
@NullMarked
package org.ithil.web.label;

import org.jspecify.annotations.NullMarked;
