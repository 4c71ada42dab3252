/**
 * Patients, studies, series and instances: lists, single ones, children and parents, deletion,
 * protection.
 */
@NullMarked
package org.ithil.web.resource;

import org.jspecify.annotations.NullMarked;
