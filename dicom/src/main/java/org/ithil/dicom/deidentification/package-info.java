/**
 * Taking identities out of data sets: the profiles that clients of the reference know, and those of
 * PS3.15 E with all options; pseudonyms; pixels masked.
 */
@NullMarked
package org.ithil.dicom.deidentification;

import org.jspecify.annotations.NullMarked;
