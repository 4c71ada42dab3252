/** Attachments of resources. */
@NullMarked
package org.ithil.web.attachment;

import org.jspecify.annotations.NullMarked;
