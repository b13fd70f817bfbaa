-- What webhooks are to be told, a row per target; the body goes when the target has it.
CREATE TABLE webhook_delivery (
  target     text NOT NULL,
  id         text NOT NULL,
  incident   uuid NOT NULL REFERENCES incident ON DELETE CASCADE,
  created_at timestamptz NOT NULL,
  state      text NOT NULL CHECK (state IN ('pending', 'delivered', 'failed')),
  since      timestamptz NOT NULL,
  due_at     timestamptz NOT NULL,
  attempts   integer NOT NULL DEFAULT 0,
  error      text,
  body       text,
  PRIMARY KEY (target, id),
  CHECK ((state = 'delivered') = (body IS NULL))
);
COMMENT ON COLUMN webhook_delivery.since IS 'When it was created, or an operator had it tried again: how long to try counts from here';
COMMENT ON COLUMN webhook_delivery.due_at IS 'Pending: when to try next; while somebody tries, when to take it for lost. Else when it ended';
CREATE INDEX webhook_delivery_due ON webhook_delivery (target, due_at) WHERE state = 'pending';
CREATE INDEX webhook_delivery_newest ON webhook_delivery (target, state, created_at DESC, id DESC);
CREATE INDEX webhook_delivery_incident ON webhook_delivery (incident);
