/**
 * What the archive keeps: patients, studies, series and instances (the information model of PS3.3
 * A.1.2), their identifiers, main tags, metadata and attachments. Plain data, no behaviour.
 */
@NullMarked
package org.ithil.archive.resource;

import org.jspecify.annotations.NullMarked;
