-- Suspensions, and passwords beside the account's own.

-- An account has at most one that stands; those that ended are its history.
CREATE TABLE suspension (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account      text COLLATE "C" NOT NULL REFERENCES account ON DELETE CASCADE,
    reason       text NOT NULL,
    since        timestamptz NOT NULL DEFAULT clock_timestamp(),
    suspended_by text NOT NULL,
    ended_at     timestamptz,
    ended_by     text, -- absent: by a new password
    CHECK (ended_by IS NULL OR ended_at IS NOT NULL)
);
CREATE UNIQUE INDEX suspension_standing ON suspension (account) WHERE ended_at IS NULL;
CREATE INDEX suspension_of_account ON suspension (account, id);

-- Application passwords: verifiers like those of the table credential, each with its bounds.
CREATE TABLE application_password (
    id             text COLLATE "C" PRIMARY KEY, -- the beginning of the password itself
    account        text COLLATE "C" NOT NULL REFERENCES account ON DELETE CASCADE,
    label          text NOT NULL,
    salt           bytea NOT NULL,
    iterations     integer NOT NULL CHECK (iterations > 0),
    stored_key     bytea NOT NULL,
    server_key     bytea NOT NULL,
    addresses      text[] CHECK (cardinality(addresses) > 0), -- absent: all of the account's
    networks       text[] CHECK (cardinality(networks) > 0), -- absent: from anywhere
    valid_until    timestamptz,
    created_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
    created_by     text NOT NULL,
    last_used_at   timestamptz, -- written by sign-ins, outside of the order of versions
    last_used_from text
);
CREATE INDEX application_password_of_account ON application_password (account, created_at);
