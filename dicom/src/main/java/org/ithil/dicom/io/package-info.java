/**
 * Reading and writing data sets and files: the encodings of PS3.5 7 and A, the file format of
 * PS3.10 7.
 */
@NullMarked
package org.ithil.dicom.io;

import org.jspecify.annotations.NullMarked;
