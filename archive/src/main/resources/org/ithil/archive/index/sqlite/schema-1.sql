-- The index, version 1. Made for 100 million instances: integer keys, drawn from one sequence for
-- all levels, so that attachment, metadata, label and change need no level; counters and sizes are
-- kept in the rows of parents; no index that no query needs.
--   id         the public identifier, 20 bytes
--   tags       document of all main tags: number, length, UTF-8 text, repeated
--   patient_tags
--              document of the patient's main tags, as the study's first instance has them
--   touched    orders patients for recycling: grows with each instance
--   facts      document of metadata below 1024
--   signature  which main tags were kept
--   updated    milliseconds of the epoch when an instance was last added
--   stable_at  when it will be stable; null if it is
--   stored, size, dicom_stored, dicom_size
--              bytes of all attachments, and of the DICOM files among them
-- Search columns hold normalised text: upper case, accents removed.

CREATE TABLE patient (
  key INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  patient_id TEXT NOT NULL,
  patient_name TEXT NOT NULL,
  birth_date TEXT NOT NULL,
  sex TEXT NOT NULL,
  tags BLOB NOT NULL,
  facts BLOB NOT NULL,
  signature INTEGER NOT NULL,
  protected INTEGER NOT NULL DEFAULT 0,
  touched INTEGER NOT NULL,
  updated INTEGER NOT NULL,
  stable_at INTEGER,
  studies INTEGER NOT NULL DEFAULT 0,
  series INTEGER NOT NULL DEFAULT 0,
  instances INTEGER NOT NULL DEFAULT 0,
  stored INTEGER NOT NULL DEFAULT 0,
  size INTEGER NOT NULL DEFAULT 0,
  dicom_stored INTEGER NOT NULL DEFAULT 0,
  dicom_size INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX patient_recycling ON patient(touched) WHERE protected = 0;

CREATE TABLE study (
  key INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  parent INTEGER NOT NULL,
  study_uid TEXT NOT NULL,
  study_date TEXT NOT NULL,
  study_time TEXT NOT NULL,
  accession TEXT NOT NULL,
  description TEXT NOT NULL,
  referrer TEXT NOT NULL,
  tags BLOB NOT NULL,
  patient_tags BLOB NOT NULL,
  facts BLOB NOT NULL,
  signature INTEGER NOT NULL,
  updated INTEGER NOT NULL,
  stable_at INTEGER,
  series INTEGER NOT NULL DEFAULT 0,
  instances INTEGER NOT NULL DEFAULT 0,
  stored INTEGER NOT NULL DEFAULT 0,
  size INTEGER NOT NULL DEFAULT 0,
  dicom_stored INTEGER NOT NULL DEFAULT 0,
  dicom_size INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX study_parent ON study(parent, id);

CREATE TABLE series (
  key INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  parent INTEGER NOT NULL,
  series_uid TEXT NOT NULL,
  modality TEXT NOT NULL,
  description TEXT NOT NULL,
  expected INTEGER,
  tags BLOB NOT NULL,
  facts BLOB NOT NULL,
  signature INTEGER NOT NULL,
  updated INTEGER NOT NULL,
  stable_at INTEGER,
  instances INTEGER NOT NULL DEFAULT 0,
  stored INTEGER NOT NULL DEFAULT 0,
  size INTEGER NOT NULL DEFAULT 0,
  dicom_stored INTEGER NOT NULL DEFAULT 0,
  dicom_size INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX series_parent ON series(parent, id);

-- number: IndexInSeries
CREATE TABLE instance (
  key INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  parent INTEGER NOT NULL,
  number INTEGER,
  tags BLOB NOT NULL,
  facts BLOB NOT NULL,
  signature INTEGER NOT NULL,
  stored INTEGER NOT NULL DEFAULT 0,
  size INTEGER NOT NULL DEFAULT 0,
  dicom_stored INTEGER NOT NULL DEFAULT 0,
  dicom_size INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX instance_parent ON instance(parent, number);

-- The few patients, studies and series that may have a stable_at. An index on that would change with
-- every instance, this does not.
CREATE TABLE unstable (
  owner INTEGER PRIMARY KEY,
  level INTEGER NOT NULL
);

CREATE TABLE signature (
  key INTEGER PRIMARY KEY,
  text TEXT NOT NULL UNIQUE
);

CREATE TABLE attachment (
  owner INTEGER NOT NULL,
  type INTEGER NOT NULL,
  uuid BLOB NOT NULL,
  size INTEGER NOT NULL,
  stored INTEGER NOT NULL,
  compression INTEGER NOT NULL,
  md5 BLOB,
  stored_md5 BLOB,
  crc32 INTEGER,
  revision INTEGER NOT NULL,
  PRIMARY KEY (owner, type)
) WITHOUT ROWID;

-- Metadata from 1024 on; the rest is in the facts.
CREATE TABLE metadata (
  owner INTEGER NOT NULL,
  number INTEGER NOT NULL,
  text TEXT NOT NULL,
  revision INTEGER NOT NULL,
  PRIMARY KEY (owner, number)
) WITHOUT ROWID;

CREATE TABLE label (
  owner INTEGER NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (owner, text)
) WITHOUT ROWID;
CREATE INDEX label_text ON label(text, owner);

CREATE TABLE change (
  sequence INTEGER PRIMARY KEY,
  type INTEGER NOT NULL,
  level INTEGER NOT NULL,
  owner INTEGER NOT NULL,
  date INTEGER NOT NULL
);
CREATE INDEX change_owner ON change(owner);

CREATE TABLE export (
  sequence INTEGER PRIMARY KEY,
  remote TEXT NOT NULL,
  level INTEGER NOT NULL,
  id BLOB NOT NULL,
  date INTEGER NOT NULL,
  identifiers BLOB NOT NULL
);

CREATE TABLE setting (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;

-- Blobs that no attachment names any more and that are still to be removed.
CREATE TABLE removal (
  uuid BLOB PRIMARY KEY
) WITHOUT ROWID;

-- One row: what is in the whole archive, and the last numbers given out.
CREATE TABLE total (
  patients INTEGER NOT NULL,
  studies INTEGER NOT NULL,
  series INTEGER NOT NULL,
  instances INTEGER NOT NULL,
  stored INTEGER NOT NULL,
  size INTEGER NOT NULL,
  dicom_stored INTEGER NOT NULL,
  dicom_size INTEGER NOT NULL,
  last_key INTEGER NOT NULL,
  last_change INTEGER NOT NULL
);
INSERT INTO total VALUES (0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
