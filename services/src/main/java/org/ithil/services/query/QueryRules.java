package org.ithil.services.query;

/**
 * How much of queries is kept.
 *
 * @param kept most queries (key {@code QueryRetrieveSize})
 * @param bytes most memory of their answers, and most bytes of the answers to one (key {@code
 *     Ithil.QuerySizeMB})
 */
public record QueryRules(int kept, long bytes) {
  /** 100 queries, 64 MiB. */
  public static final QueryRules DEFAULT = new QueryRules(100, 64L << 20);
}
