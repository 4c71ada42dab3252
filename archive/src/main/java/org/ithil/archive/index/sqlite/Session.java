package org.ithil.archive.index.sqlite;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.ithil.archive.index.IndexException;
import org.ithil.archive.index.IndexException.Kind;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteErrorCode;

/** One connection with the statements that it has prepared. For one thread at a time. */
final class Session implements AutoCloseable {
  /** Makes an object of the row that a result set stands on. */
  interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  private final Path file;
  private final Connection connection;
  private final Map<String, PreparedStatement> statements = new HashMap<>();

  private Session(Path file, Connection connection) {
    this.file = file;
    this.connection = connection;
  }

  static Session writer(Path file) {
    SQLiteConfig config = configuration();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
    config.setPageSize(8192);
    config.setJournalSizeLimit(64 << 20);
    config.setCacheSize(-32_768);
    return open(file, config);
  }

  static Session reader(Path file) {
    SQLiteConfig config = configuration();
    config.setReadOnly(true);
    config.setCacheSize(-4096);
    return open(file, config);
  }

  private static SQLiteConfig configuration() {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(10_000);
    config.setGetGeneratedKeys(false); // nobody asks; the driver would run a query for each INSERT
    config.setTempStore(SQLiteConfig.TempStore.MEMORY);
    return config;
  }

  private static Session open(Path file, SQLiteConfig config) {
    try {
      return new Session(file, config.createConnection("jdbc:sqlite:" + file));
    } catch (SQLException e) {
      throw damaged(e)
          ? damage(file, e)
          : new IndexException("cannot open the index " + file + ": " + e.getMessage(), e);
    }
  }

  /** For tests that count what SQLite does. */
  Connection connection() {
    return connection;
  }

  /** Runs a statement that changes something; returns how many rows. */
  int update(String sql, @Nullable Object... values) {
    try {
      return bind(sql, values).executeUpdate();
    } catch (SQLException e) {
      throw failed(sql, e);
    }
  }

  /** Runs a query; one object for each row. */
  <T> List<T> list(String sql, Row<T> row, @Nullable Object... values) {
    try (ResultSet rows = bind(sql, values).executeQuery()) {
      List<T> list = new ArrayList<>();
      while (rows.next()) {
        list.add(row.read(rows));
      }
      return list;
    } catch (SQLException e) {
      throw failed(sql, e);
    }
  }

  /** Runs a query and passes one object for each row on, while the query is open. */
  <T> void each(String sql, Row<T> row, Consumer<T> visitor, @Nullable Object... values) {
    try (ResultSet rows = bind(sql, values).executeQuery()) {
      while (rows.next()) {
        visitor.accept(row.read(rows));
      }
    } catch (SQLException e) {
      throw failed(sql, e);
    }
  }

  /** Runs a query of at most one row. */
  <T> Optional<T> one(String sql, Row<T> row, @Nullable Object... values) {
    try (ResultSet rows = bind(sql, values).executeQuery()) {
      return rows.next() ? Optional.of(row.read(rows)) : Optional.empty();
    } catch (SQLException e) {
      throw failed(sql, e);
    }
  }

  /** Runs a query that gives a number or no row. */
  @Nullable Long number(String sql, @Nullable Object... values) {
    try (ResultSet rows = bind(sql, values).executeQuery()) {
      if (!rows.next()) {
        return null;
      }
      long number = rows.getLong(1);
      return rows.wasNull() ? null : number;
    } catch (SQLException e) {
      throw failed(sql, e);
    }
  }

  /** Runs statements that are not kept, separated by ";" at line ends. */
  void script(String sql) {
    try (java.sql.Statement statement = connection.createStatement()) {
      for (String part : sql.split(";\\s*\n")) {
        if (!part.isBlank()) {
          statement.execute(part);
        }
      }
    } catch (SQLException e) {
      throw failed(sql, e);
    }
  }

  private PreparedStatement bind(String sql, @Nullable Object... values) throws SQLException {
    PreparedStatement statement = statements.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      statements.put(sql, statement);
    }
    for (int i = 0; i < values.length; i++) {
      Object value = values[i];
      switch (value) {
        case null -> statement.setNull(i + 1, java.sql.Types.NULL);
        case Long number -> statement.setLong(i + 1, number);
        case Integer number -> statement.setInt(i + 1, number);
        case Double number -> statement.setDouble(i + 1, number);
        case String text -> statement.setString(i + 1, text);
        case byte[] bytes -> statement.setBytes(i + 1, bytes);
        default -> throw new IllegalArgumentException("no column type for " + value.getClass());
      }
    }
    return statement;
  }

  @Override
  public void close() {
    try {
      for (PreparedStatement statement : statements.values()) {
        statement.close();
      }
      connection.close();
    } catch (SQLException e) {
      throw new IndexException("cannot close the index: " + e.getMessage(), e);
    }
  }

  /** The driver does not run every statement again that has failed: the next use prepares anew. */
  private IndexException failed(String sql, SQLException cause) {
    PreparedStatement statement = statements.remove(sql);
    if (statement != null) {
      try {
        statement.close();
      } catch (SQLException e) {
        cause.addSuppressed(e);
      }
    }
    return failure(sql, cause);
  }

  private static boolean damaged(SQLException cause) {
    int code = cause.getErrorCode() & 0xff;
    return code == SQLiteErrorCode.SQLITE_CORRUPT.code
        || code == SQLiteErrorCode.SQLITE_NOTADB.code;
  }

  /**
   * Looks at the structure of the whole file; takes as long as reading it.
   *
   * @throws IndexException DAMAGED
   */
  void check() {
    String found = one("PRAGMA quick_check(1)", row -> row.getString(1)).orElse("ok");
    if (!found.equals("ok")) {
      throw damage(file, new SQLException(found));
    }
  }

  /** Ends what another thread runs here. */
  void interrupt() {
    try {
      connection.unwrap(SQLiteConnection.class).getDatabase().interrupt();
    } catch (SQLException e) {
      // it is closed, so nothing runs
    }
  }

  private static IndexException damage(Path file, SQLException cause) {
    return new IndexException(
        "the index file "
            + file
            + " is damaged or no index ("
            + cause.getMessage()
            + "); put back a copy of it, or rescue what it holds: see \"A damaged index\" in"
            + " docs/storage.md",
        cause,
        Kind.DAMAGED);
  }

  private IndexException failure(String sql, SQLException cause) {
    if (damaged(cause)) {
      return damage(file, cause);
    }
    return new IndexException(
        "the index failed: " + cause.getMessage() + " in: " + sql, cause, kind(cause));
  }

  private static Kind kind(SQLException cause) {
    int code = cause.getErrorCode() & 0xff;
    if (code == SQLiteErrorCode.SQLITE_FULL.code) {
      return Kind.FULL;
    }
    return code == SQLiteErrorCode.SQLITE_TOOBIG.code
            || code == SQLiteErrorCode.SQLITE_CONSTRAINT.code
            || code == SQLiteErrorCode.SQLITE_MISMATCH.code
        ? Kind.UNFIT
        : Kind.FAILED;
  }

  static byte[] bytes(UUID uuid) {
    return ByteBuffer.allocate(16)
        .putLong(uuid.getMostSignificantBits())
        .putLong(uuid.getLeastSignificantBits())
        .array();
  }

  static UUID uuid(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new UUID(buffer.getLong(), buffer.getLong());
  }
}
