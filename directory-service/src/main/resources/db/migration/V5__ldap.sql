-- What comes from LDAP, and how far its changes have been read.

-- An entry as it was last applied. Accounts without one are nobody's but the administrator's.
CREATE TABLE ldap_entry (
    id      text COLLATE "C" PRIMARY KEY, -- entryUUID or objectGUID
    dn      text NOT NULL, -- normalised
    account text COLLATE "C" UNIQUE REFERENCES account ON DELETE SET NULL -- absent of a group
);
CREATE INDEX ldap_entry_of_dn ON ldap_entry (dn);

-- The names that entries hold; what they name may come later, or never.
CREATE TABLE ldap_link (
    entry text COLLATE "C" NOT NULL REFERENCES ldap_entry ON DELETE CASCADE,
    kind  text NOT NULL CHECK (kind IN ('member', 'send-as', 'send-on-behalf')),
    dn    text NOT NULL, -- normalised
    PRIMARY KEY (entry, kind, dn)
);

-- The grants that follow from the links.
CREATE TABLE ldap_grant (
    id bigint PRIMARY KEY REFERENCES account_grant ON DELETE CASCADE
);

-- One row once something was read.
CREATE TABLE ldap_cursor (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    server   text NOT NULL,
    numbered boolean NOT NULL,
    position text NOT NULL,
    swept_at timestamptz NOT NULL
);

-- What synchronisations did or would do; those that found nothing to do are not kept.
CREATE TABLE synchronisation (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    state    text NOT NULL CHECK (state IN ('dry-run', 'held', 'lapsed', 'confirmed', 'done', 'failed')),
    began_at timestamptz NOT NULL,
    report   text NOT NULL -- JSON
);
