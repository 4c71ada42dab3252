/**
 * New instances made of tags, of a parent's tags and of pictures, documents and videos: the
 * Secondary Capture (PS3.3 A.8), Encapsulated Document (A.45, A.85) and Video (A.32.5 on) objects
 * among others.
 */
@NullMarked
package org.ithil.services.creation;

import org.jspecify.annotations.NullMarked;
