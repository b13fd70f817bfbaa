-- One refused submission. The event stays as it came; the other columns are for lists and look-ups.
CREATE TABLE incident (
  id          uuid PRIMARY KEY,
  account     text NOT NULL,
  rejected_at timestamptz NOT NULL,
  recorded_at timestamptz NOT NULL,
  enforced    boolean NOT NULL,
  reason      text NOT NULL,
  field       text NOT NULL,
  address     text,
  event       json NOT NULL
);
CREATE INDEX incident_newest ON incident (rejected_at DESC, id DESC);
CREATE INDEX incident_of_account ON incident (account, rejected_at DESC, id DESC);

-- The outbox: a mail is written in the transaction of what it tells about, and loses its octets when Kafka has them.
CREATE TABLE notice (
  id           text PRIMARY KEY,
  incident     uuid REFERENCES incident,
  kind         text NOT NULL CHECK (kind IN ('ndr', 'admin', 'dsn')),
  recipient    text NOT NULL,
  smtputf8     boolean NOT NULL,
  traceparent  text,
  written_at   timestamptz NOT NULL,
  published_at timestamptz,
  mail         bytea,
  CHECK ((published_at IS NULL) = (mail IS NOT NULL))
);
CREATE INDEX notice_pending ON notice (written_at) WHERE published_at IS NULL;
CREATE INDEX notice_of_incident ON notice (incident);

-- Recipients that a delivery report was called for: each is reported once, however often Kafka says so.
CREATE TABLE undelivered (
  message     text NOT NULL,
  recipient   text NOT NULL,
  failed_at   timestamptz NOT NULL,
  recorded_at timestamptz NOT NULL,
  PRIMARY KEY (message, recipient)
);
