/** All routes of the REST API together. */
@NullMarked
package org.ithil.web;

import org.jspecify.annotations.NullMarked;
