-- Version 2: jobs.
--   number       order of submission, from the sequence of keys: owner of the outputs' attachments
--   system       1 for jobs of the server itself
--   transient    1 for jobs that end with the process that made them
--   state        0 pending, 1 running, 2 success, 3 failure, 4 paused, 5 retry
--   asked        1 to be paused, 2 to be cancelled; of a running job
--   runtime      milliseconds
--   error        number, 0 for none
--   finished     order of completion
--   owner, lease which engine has it until when (milliseconds of the epoch)
--   seed, checkpoint, content, payload, user_data
--                JSON

CREATE TABLE job (
  number INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  type TEXT NOT NULL,
  system INTEGER NOT NULL,
  transient INTEGER NOT NULL,
  priority INTEGER NOT NULL,
  created INTEGER NOT NULL,
  seed TEXT NOT NULL,
  user_data TEXT,
  state INTEGER NOT NULL,
  asked INTEGER NOT NULL,
  progress REAL NOT NULL,
  runtime INTEGER NOT NULL,
  checkpoint TEXT NOT NULL,
  content TEXT NOT NULL,
  error INTEGER NOT NULL,
  details TEXT NOT NULL,
  payload TEXT,
  completed INTEGER,
  retry_at INTEGER,
  finished INTEGER,
  owner TEXT,
  lease INTEGER
);
CREATE INDEX job_waiting ON job(system, priority DESC, number) WHERE state = 0;
CREATE INDEX job_retry ON job(retry_at) WHERE state = 5;
CREATE INDEX job_leased ON job(owner, lease) WHERE owner IS NOT NULL;
CREATE INDEX job_finished ON job(finished) WHERE finished IS NOT NULL;

-- The files of jobs; the blob is an attachment of the job's number, with the type given here.
CREATE TABLE job_output (
  job INTEGER NOT NULL,
  name TEXT NOT NULL,
  type INTEGER NOT NULL,
  media_type TEXT NOT NULL,
  filename TEXT NOT NULL,
  used INTEGER NOT NULL,
  PRIMARY KEY (job, name)
) WITHOUT ROWID;
CREATE INDEX job_output_used ON job_output(used);
