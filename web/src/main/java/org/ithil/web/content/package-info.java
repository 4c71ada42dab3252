/**
 * The raw content of instances: single values, lists of elements and items, fragments of Pixel
 * Data, and the file as a whole.
 */
@NullMarked
package org.ithil.web.content;

import org.jspecify.annotations.NullMarked;
