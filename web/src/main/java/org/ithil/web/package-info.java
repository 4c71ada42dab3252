/** The REST API as a whole: its configuration, and the composition of routes and engine. */
@NullMarked
package org.ithil.web;

import org.jspecify.annotations.NullMarked;
