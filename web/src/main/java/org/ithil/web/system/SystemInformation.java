package org.ithil.web.system;

import java.util.Map;
import java.util.SortedMap;

/**
 * What {@code /system} tells, besides what the archive knows itself.
 *
 * @param name what the server is called
 * @param version of the program
 * @param databaseServerIdentifier of this server in its database
 * @param dicomAet AE title
 * @param dicomPort port of the DICOM server
 * @param httpPort port of the HTTP server
 * @param checkRevisions whether writers of metadata and attachments must know the last revision
 * @param secure whether the HTTP server asks strangers for a password, or is closed to them
 * @param ingestTranscoding UID of the transfer syntax into which instances are transcoded; empty
 *     for none
 * @param readOnly whether nothing may be changed
 * @param patientLevel whether patients are resources
 * @param retrieveMethod C-MOVE or C-GET
 * @param performance sizes of pools and caches, by name
 * @param libraries versions of libraries, by name
 * @param userMetadata numbers of the metadata that the user has registered, by name
 */
public record SystemInformation(
    String name,
    String version,
    String databaseServerIdentifier,
    String dicomAet,
    int dicomPort,
    int httpPort,
    boolean checkRevisions,
    boolean secure,
    String ingestTranscoding,
    boolean readOnly,
    boolean patientLevel,
    String retrieveMethod,
    SortedMap<String, Long> performance,
    SortedMap<String, String> libraries,
    Map<String, Integer> userMetadata) {}
