-- What the edge learns at a sign-in, and the modes of single accounts.

-- Absent is the edge's default. Sizes in octets.
ALTER TABLE account
    ADD COLUMN mode                text CHECK (mode IN ('enforce', 'report', 'off')), -- absent: that of the domain
    ADD COLUMN messages_per_hour   bigint CHECK (messages_per_hour >= 0),
    ADD COLUMN messages_per_day    bigint CHECK (messages_per_day >= 0),
    ADD COLUMN recipients_per_hour bigint CHECK (recipients_per_hour >= 0),
    ADD COLUMN recipients_per_day  bigint CHECK (recipients_per_day >= 0),
    ADD COLUMN max_message_size    bigint CHECK (max_message_size >= 0),
    ADD COLUMN max_connections     bigint CHECK (max_connections >= 0);

-- One row: the key of the verifiers that are shown for accounts which nobody can sign in to. Two random UUIDs have 244
-- bits of the server's strong random source.
CREATE TABLE decoy (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    key      bytea NOT NULL
);
INSERT INTO decoy (key)
VALUES (decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex'));
