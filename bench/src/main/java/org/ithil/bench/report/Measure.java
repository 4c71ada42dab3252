package org.ithil.bench.report;

/** What is measured, in which unit, and how many times better than the reference it has to be. */
public enum Measure {
  POST_1("POST /instances, 1 connection", "files/s", true, 0),
  POST_8("POST /instances, 8 connections", "files/s", true, 2),
  STORE_1("C-STORE, 1 association", "files/s", true, 10),
  STORE_4("C-STORE, 4 associations", "files/s", true, 4),
  TAGS_8("GET /instances/{id}/tags, 8 connections", "requests/s", true, 4),
  ARCHIVE("GET /studies/{id}/archive, 250 images", "MB/s", true, 8),
  ARCHIVE_SIZE("size of that archive", "MB", false, 0.91),
  ANONYMIZE("anonymize a study of 250 images", "files/s", true, 4),
  SEND("job that stores to a storescp", "files/s", true, 3),
  RECEIVER("storescu to the same storescp", "files/s", true, 0),
  JOBS("small jobs queued and finished, 8 connections", "jobs/s", true, 0),
  JOBS_LIST("slowest GET /jobs meanwhile", "ms", false, 0),
  POST_1_CPU("processor time of POST, 1 connection", "ms/file", false, 0),
  POST_8_CPU("processor time of POST, 8 connections", "ms/file", false, 0),
  STORE_1_CPU("processor time of C-STORE, 1 association", "ms/file", false, 0),
  STORE_4_CPU("processor time of C-STORE, 4 associations", "ms/file", false, 0),
  TAGS_8_CPU("processor time of GET tags, 8 connections", "ms/request", false, 0),
  ARCHIVE_CPU("processor time of GET archive", "ms/image", false, 0),
  ANONYMIZE_CPU("processor time of anonymizing", "ms/file", false, 0),
  SEND_CPU("processor time of a job that stores", "ms/file", false, 0),
  JOBS_CPU("processor time of small jobs", "ms/job", false, 0),
  START("start to first answer", "ms", false, 0),
  MEMORY_AT_REST("memory at rest", "MB", false, 0),
  MEMORY_AT_PEAK("memory at peak", "MB", false, 0);

  final String title;
  final String unit;
  final boolean moreIsBetter;
  final double goal;

  Measure(String title, String unit, boolean moreIsBetter, double goal) {
    this.title = title;
    this.unit = unit;
    this.moreIsBetter = moreIsBetter;
    this.goal = goal;
  }
}
