import type { DefenceFact } from './defence-facts';

const OWNED = 'owned by lethe_owner';
const DEFINER_ON = (searchPath: string) => `${OWNED}, plpgsql DEFINER {"search_path=${searchPath}"}`;

/** The catalogue quotes what could be a keyword. */
const quoted = (table: string) => (table === 'position' ? '"position"' : table);

const refusal = (
  event: 'UPDATE' | 'DELETE' | 'TRUNCATE',
  table: string,
  each = 'STATEMENT',
  refuse = 'refuse_change',
) => [
  `trigger refuse_${event.toLowerCase()} on audit.${table}`,
  `A CREATE TRIGGER refuse_${event.toLowerCase()} BEFORE ${event} ON audit.${quoted(table)} FOR EACH ${each} EXECUTE FUNCTION audit.${refuse}()`,
];

const grants = (role: string, rights: Readonly<Record<string, readonly string[]>>) =>
  Object.entries(rights).flatMap(([name, privileges]) =>
    privileges.map((privilege) => [`grant of ${privilege} on ${name} to ${role}`, '']),
  );

const TABLES = ['entry', 'pending', 'position', 'tile', 'checkpoint', 'epoch'].map((table) => [
  `table audit.${table}`,
  OWNED,
]);

const COLUMNS = [
  ['column audit.entry.id', 'uuid NOT NULL'],
  ['column audit.entry.canonical', 'text NOT NULL'],
  ['column audit.entry.content', 'jsonb NOT NULL GENERATED (canonical)::jsonb'],
  ['column audit.pending.entry_id', 'uuid NOT NULL'],
  ['column audit.position.sequence', 'bigint NOT NULL'],
  ['column audit.position.entry_id', 'uuid NOT NULL'],
  ['column audit.tile.level', 'smallint NOT NULL'],
  ['column audit.tile.place', 'bigint NOT NULL'],
  ['column audit.tile.hashes', 'bytea NOT NULL'],
  ['column audit.checkpoint.size', 'bigint NOT NULL'],
  ['column audit.checkpoint.note', 'text NOT NULL'],
  ['column audit.checkpoint.exported_at', 'timestamp with time zone NOT NULL'],
  ['column audit.epoch.epoch', 'bigint NOT NULL'],
  ['column audit.epoch.begun_at', 'timestamp with time zone NOT NULL'],
];

const CONSTRAINTS = [
  ['constraint entry_pkey on audit.entry', 'PRIMARY KEY (id)'],
  ['constraint entry_id_is_its_own on audit.entry', "CHECK (COALESCE((content ->> 'id'::text) = id::text, false))"],
  ['constraint pending_pkey on audit.pending', 'PRIMARY KEY (entry_id)'],
  ['constraint position_pkey on audit.position', 'PRIMARY KEY (sequence)'],
  ['constraint position_entry_id_key on audit.position', 'UNIQUE (entry_id)'],
  ['constraint tile_pkey on audit.tile', 'PRIMARY KEY (level, place)'],
  ['constraint tile_level_check on audit.tile', 'CHECK (level >= 0)'],
  ['constraint tile_place_check on audit.tile', 'CHECK (place >= 0)'],
  [
    'constraint tile_hashes_check on audit.tile',
    'CHECK (length(hashes) >= 32 AND length(hashes) <= 8192 AND (length(hashes) % 32) = 0)',
  ],
  ['constraint checkpoint_pkey on audit.checkpoint', 'PRIMARY KEY (size)'],
  ['constraint checkpoint_size_check on audit.checkpoint', 'CHECK (size >= 0)'],
  ['constraint epoch_pkey on audit.epoch', 'PRIMARY KEY (epoch)'],
  ['constraint epoch_epoch_check on audit.epoch', 'CHECK (epoch > 0)'],
];

const INDEXES = [
  ['index audit.entry_pkey', 'CREATE UNIQUE INDEX entry_pkey ON audit.entry USING btree (id)'],
  [
    'index audit.entry_customer',
    "CREATE INDEX entry_customer ON audit.entry USING btree (((content ->> 'customerId'::text)), ((content ->> 'occurredAt'::text)), id) WHERE ((content ->> 'customerId'::text) IS NOT NULL)",
  ],
  [
    'index audit.entry_run',
    "CREATE INDEX entry_run ON audit.entry USING btree (((content ->> 'runId'::text)), ((content ->> 'occurredAt'::text)), id) WHERE ((content ->> 'runId'::text) IS NOT NULL)",
  ],
  [
    'index audit.entry_action',
    "CREATE INDEX entry_action ON audit.entry USING btree (((content ->> 'action'::text)), ((content ->> 'occurredAt'::text)), id)",
  ],
  [
    'index audit.entry_occurred_at',
    "CREATE INDEX entry_occurred_at ON audit.entry USING btree (((content ->> 'occurredAt'::text)), id)",
  ],
  [
    'index audit.entry_once_per_customer_and_module',
    "CREATE UNIQUE INDEX entry_once_per_customer_and_module ON audit.entry USING btree (((content ->> 'customerId'::text)), ((content ->> 'module'::text))) WHERE ((content ->> 'action'::text) = 'CUSTOMER_DATA_ANONYMIZED'::text)",
  ],
  ['index audit.pending_pkey', 'CREATE UNIQUE INDEX pending_pkey ON audit.pending USING btree (entry_id)'],
  ['index audit.position_pkey', 'CREATE UNIQUE INDEX position_pkey ON audit."position" USING btree (sequence)'],
  [
    'index audit.position_entry_id_key',
    'CREATE UNIQUE INDEX position_entry_id_key ON audit."position" USING btree (entry_id)',
  ],
  ['index audit.tile_pkey', 'CREATE UNIQUE INDEX tile_pkey ON audit.tile USING btree (level, place)'],
  ['index audit.checkpoint_pkey', 'CREATE UNIQUE INDEX checkpoint_pkey ON audit.checkpoint USING btree (size)'],
  ['index audit.epoch_pkey', 'CREATE UNIQUE INDEX epoch_pkey ON audit.epoch USING btree (epoch)'],
];

const TRIGGERS = [
  [
    'trigger enqueue on audit.entry',
    'A CREATE TRIGGER enqueue AFTER INSERT ON audit.entry REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION audit.enqueue()',
  ],
  refusal('UPDATE', 'entry'),
  refusal('DELETE', 'entry'),
  refusal('TRUNCATE', 'entry'),
  refusal('UPDATE', 'position'),
  refusal('DELETE', 'position'),
  refusal('TRUNCATE', 'position'),
  refusal('UPDATE', 'tile', 'ROW', 'refuse_other_hashes'),
  refusal('DELETE', 'tile'),
  refusal('TRUNCATE', 'tile'),
  refusal('UPDATE', 'checkpoint'),
  refusal('DELETE', 'checkpoint'),
  refusal('TRUNCATE', 'checkpoint'),
  refusal('UPDATE', 'epoch'),
  refusal('DELETE', 'epoch'),
  refusal('TRUNCATE', 'epoch'),
];

/** The digests are those of the functions' texts. */
const FUNCTIONS = [
  [
    'function audit.enqueue()',
    `${DEFINER_ON('pg_catalog, audit, pg_temp')} 9885dfd49b58228b3e970cbd6be5b79fd7780d2477a91fd908b89369476dbbaa`,
  ],
  [
    'function audit.refuse_change()',
    `${DEFINER_ON('pg_catalog, pg_temp')} 5bd2426277b6832a5a103af83289bdf3152899fd6ffe9eedce93cbc0b4aae6ec`,
  ],
  [
    'function audit.refuse_other_hashes()',
    `${DEFINER_ON('pg_catalog, pg_temp')} 331e0bfc3a7613e658d97a799e3e3015090b68f9a7206cc222d03e70ddd0d3ba`,
  ],
];

const GRANTS = [
  ...grants('lethe_app', {
    'schema audit': ['USAGE'],
    'audit.entry': ['SELECT'],
    'audit.entry (id)': ['INSERT'],
    'audit.entry (canonical)': ['INSERT'],
    'audit.pending': ['SELECT'],
    'audit.position': ['SELECT'],
    'audit.tile': ['SELECT'],
    'audit.checkpoint': ['SELECT'],
    'audit.epoch': ['SELECT'],
  }),
  ...grants('lethe_sequencer', {
    'schema audit': ['USAGE'],
    'audit.entry': ['SELECT'],
    'audit.pending': ['SELECT', 'DELETE'],
    'audit.position': ['SELECT', 'INSERT'],
    'audit.tile': ['SELECT', 'INSERT', 'UPDATE'],
    'audit.checkpoint': ['SELECT', 'INSERT'],
    'audit.epoch': ['SELECT', 'INSERT'],
  }),
  ...grants('lethe_purge', {
    'schema audit': ['USAGE'],
    'audit.entry (id)': ['INSERT'],
    'audit.entry (canonical)': ['INSERT'],
  }),
  ...grants('lethe_auditor', {
    'schema audit': ['USAGE'],
    'audit.entry': ['SELECT'],
    'audit.pending': ['SELECT'],
    'audit.position': ['SELECT'],
    'audit.tile': ['SELECT'],
    'audit.checkpoint': ['SELECT'],
    'audit.epoch': ['SELECT'],
  }),
];

const ROLES = [
  ...['owner', 'migrator', 'app', 'sequencer', 'purge', 'auditor'].map((role) => [`role lethe_${role}`, '']),
  ['membership of lethe_migrator in lethe_owner', ''],
];

/** The schema `audit` as the migrations make it, on every supported version of PostgreSQL; a test compares the two. */
export const EXPECTED_DEFENCES: readonly DefenceFact[] = [
  ['schema audit', OWNED],
  ...TABLES,
  ...COLUMNS,
  ...CONSTRAINTS,
  ...INDEXES,
  ...TRIGGERS,
  ...FUNCTIONS,
  ...GRANTS,
  ...ROLES,
].map(([object, fact]) => ({ object: object!, fact: fact! }));
