-- What incidents are searched by. Addresses and names of hosts are compared without regard to case.
CREATE INDEX incident_of_address ON incident (lower(address), rejected_at DESC, id DESC);
CREATE INDEX incident_of_host ON incident (host, rejected_at DESC, id DESC);
CREATE INDEX incident_of_helo ON incident (lower(helo), rejected_at DESC, id DESC);
CREATE INDEX incident_of_reason ON incident (reason, rejected_at DESC, id DESC);

-- Old incidents go with their mails.
ALTER TABLE notice DROP CONSTRAINT notice_incident_fkey;
ALTER TABLE notice ADD CONSTRAINT notice_incident_fkey FOREIGN KEY (incident) REFERENCES incident ON DELETE CASCADE;
CREATE INDEX notice_published ON notice (published_at) WHERE incident IS NULL;
CREATE INDEX reported_at ON reported (recorded_at);

-- Who looked at which incidents: written in the transaction that reads them.
CREATE TABLE incident_access (
  id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at        timestamptz NOT NULL,
  who       text NOT NULL,
  what      text NOT NULL CHECK (what IN ('list', 'read', 'export')),
  query     text NOT NULL
);
CREATE INDEX incident_access_at ON incident_access (at);
