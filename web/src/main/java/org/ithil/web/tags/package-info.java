/**
 * The tags of data sets as the JSON of the REST API: {@code /instances/{id}/tags} and its
 * relatives, and the tags that a client requests with {@code requested-tags}.
 */
@NullMarked
package org.ithil.web.tags;

import org.jspecify.annotations.NullMarked;
