package org.ithil.web;

import java.nio.file.Path;
import java.util.Map;
import org.ithil.web.http.HttpSettings;
import org.ithil.web.system.SystemInformation;

/**
 * How the REST API behaves.
 *
 * @param http how the server listens and what it bears
 * @param limits what clients may ask for at once
 * @param describeErrors whether failures carry a JSON body (key {@code HttpDescribeErrors})
 * @param maximumFileSizeInArchive bytes that one file of an uploaded archive may have once expanded
 *     (key {@code MaximumFileSizeInArchiveMB}); 0 for no limit
 * @param temporaryFolder where forms that come in pieces wait; made when needed
 * @param contentTypes names of attachments that the user has registered, by number (key {@code
 *     UserContentType})
 * @param echoChecksFind whether an echo of a modality also tries a C-FIND (key {@code
 *     DicomEchoChecksFind})
 * @param logExports whether what is sent is logged (key {@code LogExportedResources})
 * @param system what {@code /system} tells
 */
public record WebConfiguration(
    HttpSettings http,
    ApiLimits limits,
    boolean describeErrors,
    long maximumFileSizeInArchive,
    Path temporaryFolder,
    Map<Integer, String> contentTypes,
    boolean echoChecksFind,
    boolean logExports,
    SystemInformation system) {
  public WebConfiguration {
    contentTypes = Map.copyOf(contentTypes);
  }

  /** The same with another way of listening, and other limits. */
  public WebConfiguration with(HttpSettings otherHttp, ApiLimits otherLimits) {
    return new WebConfiguration(
        otherHttp,
        otherLimits,
        describeErrors,
        maximumFileSizeInArchive,
        temporaryFolder,
        contentTypes,
        echoChecksFind,
        logExports,
        system);
  }
}
