/**
 * {@code /queries} and the routes of {@code /modalities/{id}} that ask what a modality has, or have
 * it sent.
 */
@NullMarked
package org.ithil.web.query;

import org.jspecify.annotations.NullMarked;
