-- A recipient may be reported delayed, and failed or passed on later: once each.
ALTER TABLE undelivered RENAME TO reported;
ALTER TABLE reported RENAME COLUMN failed_at TO happened_at;
ALTER TABLE reported ADD COLUMN action text NOT NULL DEFAULT 'failed'
  CHECK (action IN ('failed', 'delayed', 'relayed', 'delivered'));
ALTER TABLE reported ALTER COLUMN action DROP DEFAULT;
ALTER TABLE reported DROP CONSTRAINT undelivered_pkey;
ALTER TABLE reported ADD PRIMARY KEY (message, recipient, action);
