/** Instances in other transfer syntaxes than those in which they are kept, PS3.5 10. */
@NullMarked
package org.ithil.services.transcoding;

import org.jspecify.annotations.NullMarked;
