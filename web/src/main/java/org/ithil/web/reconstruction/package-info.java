/** Main tags written anew from the files: {@code /studies/{id}/reconstruct} and their like. */
@NullMarked
package org.ithil.web.reconstruction;

import org.jspecify.annotations.NullMarked;
