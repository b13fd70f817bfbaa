-- Where a submission came from, for lists and digests.
ALTER TABLE incident ADD COLUMN host text, ADD COLUMN helo text;
UPDATE incident SET host = event -> 'client' ->> 'address', helo = event -> 'client' ->> 'helo';
ALTER TABLE incident ALTER COLUMN host SET NOT NULL, ALTER COLUMN helo SET NOT NULL;

-- A digest tells of refusals that were gathered.
ALTER TABLE notice DROP CONSTRAINT notice_kind_check;
ALTER TABLE notice ADD CONSTRAINT notice_kind_check CHECK (kind IN ('ndr', 'admin', 'dsn', 'digest'));

-- What somebody was told of at once: until then the same again is gathered. Of a refusal without an address, the address is empty.
CREATE TABLE told (
  kind      text NOT NULL CHECK (kind IN ('ndr', 'admin')),
  recipient text NOT NULL,
  account   text NOT NULL,
  address   text NOT NULL,
  until     timestamptz NOT NULL,
  PRIMARY KEY (kind, recipient, account, address)
);
CREATE INDEX told_until ON told (until);

-- Mails that somebody was sent at once in an hour.
CREATE TABLE allowance (
  kind      text NOT NULL CHECK (kind IN ('ndr', 'admin')),
  recipient text NOT NULL,
  hour      timestamptz NOT NULL,
  mails     integer NOT NULL,
  PRIMARY KEY (kind, recipient, hour)
);

-- Who gets digests, and not before when the next one. The row is the lock of the digest.
CREATE TABLE audience (
  kind      text NOT NULL CHECK (kind IN ('ndr', 'admin')),
  recipient text NOT NULL,
  digest_at timestamptz NOT NULL,
  PRIMARY KEY (kind, recipient)
);
CREATE INDEX audience_due ON audience (digest_at);

-- A refusal that was gathered, and the digest that told of it.
CREATE TABLE gathered (
  kind      text NOT NULL CHECK (kind IN ('ndr', 'admin')),
  recipient text NOT NULL,
  incident  uuid NOT NULL REFERENCES incident ON DELETE CASCADE,
  digest    text REFERENCES notice ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  PRIMARY KEY (incident, kind)
);
CREATE INDEX gathered_waiting ON gathered (kind, recipient) WHERE digest IS NULL;
CREATE INDEX gathered_digest ON gathered (digest);
