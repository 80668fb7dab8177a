-- Why: the house of the first issue. Units, people, documents, requests, cases, registers,
-- one journal, sessions and jobs; see docs/dates.md for what each date means.

CREATE TABLE site (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  settings TEXT NOT NULL,
  head_seq BIGINT NOT NULL,
  head_hash TEXT NOT NULL,
  created_at BIGINT NOT NULL
);

CREATE TABLE journal (
  site TEXT NOT NULL REFERENCES site (id),
  seq BIGINT NOT NULL,
  at BIGINT NOT NULL,
  actor TEXT NOT NULL,
  action TEXT NOT NULL,
  noun TEXT NOT NULL,
  record TEXT NOT NULL,
  detail TEXT NOT NULL,
  previous TEXT NOT NULL,
  hash TEXT NOT NULL,
  PRIMARY KEY (site, seq)
);
CREATE INDEX journal_record ON journal (site, noun, record, seq);

CREATE TABLE sequence (
  site TEXT NOT NULL REFERENCES site (id),
  name TEXT NOT NULL,
  last BIGINT NOT NULL,
  PRIMARY KEY (site, name)
);

CREATE TABLE unit (
  site TEXT NOT NULL REFERENCES site (id),
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  parent TEXT,
  code TEXT,
  guide TEXT NOT NULL,
  position BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  PRIMARY KEY (site, id),
  FOREIGN KEY (site, parent) REFERENCES unit (site, id)
);
CREATE INDEX unit_name ON unit (site, name);

CREATE TABLE unit_above (
  site TEXT NOT NULL,
  unit TEXT NOT NULL,
  ancestor TEXT NOT NULL,
  PRIMARY KEY (site, ancestor, unit),
  FOREIGN KEY (site, unit) REFERENCES unit (site, id)
);
CREATE INDEX unit_above_unit ON unit_above (site, unit);

CREATE TABLE person (
  site TEXT NOT NULL REFERENCES site (id),
  id TEXT NOT NULL,
  account TEXT NOT NULL,
  name TEXT NOT NULL,
  unit TEXT NOT NULL,
  state TEXT NOT NULL,
  password TEXT,
  invitation TEXT,
  invitation_until BIGINT,
  failures BIGINT NOT NULL,
  locked_until BIGINT,
  stand_in TEXT,
  seq BIGINT NOT NULL,
  PRIMARY KEY (site, id),
  FOREIGN KEY (site, unit) REFERENCES unit (site, id)
);
CREATE UNIQUE INDEX person_account ON person (site, account);
CREATE INDEX person_invitation ON person (site, invitation);

CREATE TABLE role_grant (
  site TEXT NOT NULL,
  person TEXT NOT NULL,
  role TEXT NOT NULL,
  unit TEXT NOT NULL,
  PRIMARY KEY (site, person, role, unit),
  FOREIGN KEY (site, person) REFERENCES person (site, id),
  FOREIGN KEY (site, unit) REFERENCES unit (site, id)
);

CREATE TABLE session (
  token TEXT NOT NULL PRIMARY KEY,
  site TEXT NOT NULL,
  person TEXT NOT NULL,
  csrf TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  seen_at BIGINT NOT NULL,
  FOREIGN KEY (site, person) REFERENCES person (site, id)
);
CREATE INDEX session_person ON session (site, person);

CREATE TABLE attempt (
  site TEXT NOT NULL,
  door TEXT NOT NULL,
  who TEXT NOT NULL,
  period BIGINT NOT NULL,
  count BIGINT NOT NULL,
  PRIMARY KEY (site, door, who, period)
);

CREATE TABLE document (
  site TEXT NOT NULL REFERENCES site (id),
  id TEXT NOT NULL,
  unit TEXT NOT NULL,
  kind TEXT NOT NULL,
  title TEXT NOT NULL,
  number TEXT,
  index_number TEXT NOT NULL,
  written_on TEXT NOT NULL,
  attribute TEXT NOT NULL,
  basis TEXT,
  status TEXT NOT NULL,
  published_on TEXT,
  published_at BIGINT,
  in_force_from TEXT,
  repealed_on TEXT,
  explains TEXT,
  body TEXT NOT NULL,
  drafter TEXT,
  reviewer TEXT,
  secrecy_reviewer TEXT,
  approver TEXT,
  remark TEXT,
  seq BIGINT NOT NULL,
  PRIMARY KEY (site, id),
  FOREIGN KEY (site, unit) REFERENCES unit (site, id),
  FOREIGN KEY (site, explains) REFERENCES document (site, id)
);
CREATE INDEX document_published ON document (site, status, attribute, published_on, id);
CREATE INDEX document_unit ON document (site, unit, published_on);
CREATE INDEX document_written ON document (site, kind, written_on);
CREATE INDEX document_number ON document (site, unit, number);
CREATE INDEX document_explains ON document (site, explains);

CREATE TABLE document_channel (
  site TEXT NOT NULL,
  document TEXT NOT NULL,
  channel TEXT NOT NULL,
  PRIMARY KEY (site, document, channel),
  FOREIGN KEY (site, document) REFERENCES document (site, id)
);
CREATE INDEX document_channel_channel ON document_channel (site, channel);

CREATE TABLE attachment (
  site TEXT NOT NULL,
  id TEXT NOT NULL,
  document TEXT NOT NULL,
  name TEXT NOT NULL,
  media_type TEXT NOT NULL,
  size BIGINT NOT NULL,
  hash TEXT NOT NULL,
  seq BIGINT NOT NULL,
  PRIMARY KEY (site, id),
  FOREIGN KEY (site, document) REFERENCES document (site, id)
);
CREATE INDEX attachment_document ON attachment (site, document);

CREATE TABLE decision (
  site TEXT NOT NULL REFERENCES site (id),
  id TEXT NOT NULL,
  unit TEXT NOT NULL,
  kind TEXT NOT NULL,
  decided_on TEXT NOT NULL,
  seq BIGINT NOT NULL,
  PRIMARY KEY (site, id),
  FOREIGN KEY (site, unit) REFERENCES unit (site, id)
);
CREATE INDEX decision_day ON decision (site, kind, decided_on);

CREATE TABLE fee_income (
  site TEXT NOT NULL REFERENCES site (id),
  unit TEXT NOT NULL,
  year BIGINT NOT NULL,
  fen BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  PRIMARY KEY (site, unit, year),
  FOREIGN KEY (site, unit) REFERENCES unit (site, id)
);

CREATE TABLE applicant (
  site TEXT NOT NULL REFERENCES site (id),
  id TEXT NOT NULL,
  kind TEXT NOT NULL,
  wrapped_key BYTEA,
  details BYTEA NOT NULL,
  seq BIGINT NOT NULL,
  PRIMARY KEY (site, id)
);

CREATE TABLE request (
  site TEXT NOT NULL REFERENCES site (id),
  id TEXT NOT NULL,
  unit TEXT NOT NULL,
  number TEXT NOT NULL,
  channel TEXT NOT NULL,
  applicant_kind TEXT NOT NULL,
  applicant TEXT NOT NULL,
  subject BYTEA NOT NULL,
  reply BYTEA,
  events TEXT NOT NULL,
  state TEXT NOT NULL,
  received_on TEXT,
  due_on TEXT,
  closed_on TEXT,
  outcome TEXT,
  replied BIGINT NOT NULL,
  extended BIGINT NOT NULL,
  late BIGINT NOT NULL,
  handler TEXT,
  tracking TEXT,
  submission TEXT,
  created_at BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  PRIMARY KEY (site, id),
  FOREIGN KEY (site, unit) REFERENCES unit (site, id),
  FOREIGN KEY (site, applicant) REFERENCES applicant (site, id)
);
CREATE UNIQUE INDEX request_number ON request (site, unit, number);
CREATE INDEX request_received ON request (site, unit, received_on);
CREATE INDEX request_closed ON request (site, unit, closed_on);
CREATE INDEX request_due ON request (site, state, due_on);
CREATE INDEX request_tracking ON request (site, tracking);
CREATE INDEX request_submission ON request (site, submission);

CREATE TABLE legal_case (
  site TEXT NOT NULL REFERENCES site (id),
  id TEXT NOT NULL,
  request TEXT NOT NULL,
  track TEXT NOT NULL,
  filed_on TEXT NOT NULL,
  closed_on TEXT,
  result TEXT,
  seq BIGINT NOT NULL,
  PRIMARY KEY (site, id),
  FOREIGN KEY (site, request) REFERENCES request (site, id)
);
CREATE INDEX legal_case_filed ON legal_case (site, track, filed_on);
CREATE INDEX legal_case_request ON legal_case (site, request);

CREATE TABLE entry (
  site TEXT NOT NULL REFERENCES site (id),
  id TEXT NOT NULL,
  unit TEXT NOT NULL,
  register TEXT NOT NULL,
  fields TEXT NOT NULL,
  occurred_on TEXT NOT NULL,
  ended_on TEXT,
  quantity BIGINT NOT NULL,
  tag TEXT,
  seq BIGINT NOT NULL,
  PRIMARY KEY (site, id),
  FOREIGN KEY (site, unit) REFERENCES unit (site, id)
);
CREATE INDEX entry_register ON entry (site, register, occurred_on);

CREATE TABLE annual_report (
  site TEXT NOT NULL REFERENCES site (id),
  unit TEXT NOT NULL,
  year BIGINT NOT NULL,
  edition TEXT NOT NULL,
  roll_up BIGINT NOT NULL,
  published_on TEXT NOT NULL,
  content TEXT NOT NULL,
  hash TEXT NOT NULL,
  seq BIGINT NOT NULL,
  PRIMARY KEY (site, unit, year),
  FOREIGN KEY (site, unit) REFERENCES unit (site, id)
);

CREATE TABLE holiday_notice (
  site TEXT NOT NULL REFERENCES site (id),
  region TEXT NOT NULL,
  name TEXT NOT NULL,
  notice TEXT NOT NULL,
  loaded_at BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  PRIMARY KEY (site, region, name)
);

CREATE TABLE job (
  site TEXT NOT NULL REFERENCES site (id),
  id BIGINT NOT NULL,
  kind TEXT NOT NULL,
  payload TEXT NOT NULL,
  run_at BIGINT NOT NULL,
  lease_until BIGINT,
  attempts BIGINT NOT NULL,
  done_at BIGINT,
  error TEXT,
  PRIMARY KEY (site, id)
);
CREATE INDEX job_open ON job (site, done_at, run_at);
