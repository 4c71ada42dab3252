/**
 * Reading and writing JSON as clients of the API know it: lenient in, exact blanks and key order
 * out.
 */
@NullMarked
package org.ithil.archive.json;

import org.jspecify.annotations.NullMarked;
