/** Metadata of resources. */
@NullMarked
package org.ithil.web.metadata;

import org.jspecify.annotations.NullMarked;
