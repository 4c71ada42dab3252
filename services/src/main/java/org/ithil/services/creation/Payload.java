package org.ithil.services.creation;

import java.util.List;
import org.ithil.dicom.data.ByteSource;
import org.ithil.dicom.data.Element;

/**
 * What becomes of a content.
 *
 * @param syntax UID of the transfer syntax that it needs
 * @param elements that come from the content: they take the place of those that the client gives
 * @param usual elements that are there if the client gives none with their tags
 * @param values where the located values of the elements lie
 */
record Payload(String syntax, List<Element> elements, List<Element> usual, ByteSource values) {}
