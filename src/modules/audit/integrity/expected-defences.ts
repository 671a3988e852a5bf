import type { DefenceFact } from '../queries/defence-facts.queries';
import { EXPECTED_REFUSALS } from './expected-refusals';

const OWNED = 'owned by lethe_owner';
const DEFINER_ON = (searchPath: string) => `${OWNED}, plpgsql DEFINER {"search_path=${searchPath}"}`;

/** Quotes a table's name as the catalogue does: it quotes possible keywords. */
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

const TABLES = [
  'entry',
  'pending',
  'position',
  'tile',
  'checkpoint',
  'epoch',
  'announced',
  'claim',
  'participant',
  'simulation',
].map((table) => [`table audit.${table}`, OWNED]);

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
  ['column audit.announced.entry_id', 'uuid NOT NULL'],
  ['column audit.announced.leaf', 'bytea NOT NULL'],
  ['column audit.claim.claimed_in', 'bigint NOT NULL ((pg_current_xact_id())::text)::bigint'],
  ['column audit.claim.id', 'uuid NOT NULL gen_random_uuid()'],
  ['column audit.claim.action', 'text NOT NULL'],
  ['column audit.claim.module', 'text NOT NULL'],
  ['column audit.claim.run_id', 'uuid'],
  ['column audit.claim.actor_id', 'uuid'],
  ['column audit.claim.customer_ids', 'uuid[] NOT NULL'],
  ['column audit.participant.module', 'text NOT NULL'],
  ['column audit.simulation.since', 'timestamp with time zone NOT NULL'],
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
  ['constraint announced_pkey on audit.announced', 'PRIMARY KEY (entry_id)'],
  ['constraint claim_pkey on audit.claim', 'PRIMARY KEY (claimed_in, id)'],
  ['constraint prove_claim on audit.claim', 'TRIGGER DEFERRABLE INITIALLY DEFERRED'],
  ['constraint participant_pkey on audit.participant', 'PRIMARY KEY (module)'],
  ['constraint simulation_pkey on audit.simulation', 'PRIMARY KEY (since)'],
  ['constraint epoch_pkey on audit.epoch', 'PRIMARY KEY (epoch)'],
  ['constraint epoch_epoch_check on audit.epoch', 'CHECK (epoch > 0)'],
];

const INDEXES = [
  ['index audit.entry_pkey', 'CREATE UNIQUE INDEX entry_pkey ON audit.entry USING btree (id)'],
  [
    'index audit.entry_customer',
    "CREATE INDEX entry_customer ON audit.entry USING btree (((content ->> 'customerId'::text)), ((content ->> " +
      "'occurredAt'::text)), id) WHERE ((content ->> 'customerId'::text) IS NOT NULL)",
  ],
  [
    'index audit.entry_run',
    "CREATE INDEX entry_run ON audit.entry USING btree (((content ->> 'runId'::text)), ((content ->> " +
      "'occurredAt'::text)), id) WHERE ((content ->> 'runId'::text) IS NOT NULL)",
  ],
  [
    'index audit.entry_action',
    "CREATE INDEX entry_action ON audit.entry USING btree (((content ->> 'action'::text)), ((content ->> " +
      "'occurredAt'::text)), id)",
  ],
  [
    'index audit.entry_occurred_at',
    "CREATE INDEX entry_occurred_at ON audit.entry USING btree (((content ->> 'occurredAt'::text)), id)",
  ],
  [
    'index audit.entry_once_per_customer_and_module',
    'CREATE UNIQUE INDEX entry_once_per_customer_and_module ON audit.entry USING btree (((content ->> ' +
      "'customerId'::text)), ((content ->> 'module'::text))) WHERE ((content ->> 'action'::text) = " +
      "'CUSTOMER_DATA_ANONYMIZED'::text)",
  ],
  ['index audit.pending_pkey', 'CREATE UNIQUE INDEX pending_pkey ON audit.pending USING btree (entry_id)'],
  ['index audit.position_pkey', 'CREATE UNIQUE INDEX position_pkey ON audit."position" USING btree (sequence)'],
  [
    'index audit.position_entry_id_key',
    'CREATE UNIQUE INDEX position_entry_id_key ON audit."position" USING btree (entry_id)',
  ],
  ['index audit.tile_pkey', 'CREATE UNIQUE INDEX tile_pkey ON audit.tile USING btree (level, place)'],
  ['index audit.checkpoint_pkey', 'CREATE UNIQUE INDEX checkpoint_pkey ON audit.checkpoint USING btree (size)'],
  ['index audit.announced_pkey', 'CREATE UNIQUE INDEX announced_pkey ON audit.announced USING btree (entry_id)'],
  ['index audit.claim_pkey', 'CREATE UNIQUE INDEX claim_pkey ON audit.claim USING btree (claimed_in, id)'],
  ['index audit.participant_pkey', 'CREATE UNIQUE INDEX participant_pkey ON audit.participant USING btree (module)'],
  ['index audit.simulation_pkey', 'CREATE UNIQUE INDEX simulation_pkey ON audit.simulation USING btree (since)'],
  ['index audit.epoch_pkey', 'CREATE UNIQUE INDEX epoch_pkey ON audit.epoch USING btree (epoch)'],
];

const TRIGGERS = [
  [
    'trigger enqueue on audit.entry',
    'A CREATE TRIGGER enqueue AFTER INSERT ON audit.entry REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT ' +
      'EXECUTE FUNCTION audit.enqueue()',
  ],
  [
    'trigger refuse_forged on audit.entry',
    'A CREATE TRIGGER refuse_forged AFTER INSERT ON audit.entry REFERENCING NEW TABLE AS new_rows FOR EACH ' +
      'STATEMENT EXECUTE FUNCTION audit.refuse_forged()',
  ],
  [
    'trigger prove_claim on audit.claim',
    'A CREATE CONSTRAINT TRIGGER prove_claim AFTER INSERT ON audit.claim DEFERRABLE INITIALLY DEFERRED FOR EACH ' +
      'ROW EXECUTE FUNCTION audit.prove_claim()',
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

/** Digests of the functions' texts. */
const FUNCTIONS = [
  [
    'function audit.enqueue()',
    `${DEFINER_ON('pg_catalog, audit, pg_temp')} 3ff9e33d6f4ad082572db1c4714172461efb5db343427945147ea05aab8401e8`,
  ],
  [
    'function audit.refuse_change()',
    `${DEFINER_ON('pg_catalog, pg_temp')} 8fac4cd4ec9ce65125c21cd9cf812ed1e53ce33b47eca96cac2be8cf8dcfcc67`,
  ],
  [
    'function audit.refuse_other_hashes()',
    `${DEFINER_ON('pg_catalog, pg_temp')} 416c9a26c4229aa7fa878d1484f90524854dc088ce68bac9a8594026376adf67`,
  ],
  [
    'function audit.refuse_forged()',
    `${DEFINER_ON('pg_catalog, audit, pg_temp')} bc70a014c6b678043789139e143a1ecb997507dd174aa57a5dab93c621b1ddf8`,
  ],
  [
    'function audit.prove_claim()',
    `${OWNED}, plpgsql DEFINER {"search_path=pg_catalog, audit, pg_temp",enable_seqscan=off} 6527b8a638efb42aa1bfd865b7e27e2c4dabf1e5f845ae754b842e285ba39e99`,
  ],
  [
    'function audit.erased_with(customer_id uuid)',
    `${OWNED}, sql INVOKER {"search_path=pg_catalog, pg_temp",enable_seqscan=off} 875a8783bfe24f15e327f4ca270dbcd21287762fb1e1c1d439466e8514a82886`,
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
    'audit.erased_with(customer_id uuid)': ['EXECUTE'],
  }),
  ...grants('lethe_sequencer', {
    'schema audit': ['USAGE'],
    'audit.entry': ['SELECT'],
    'audit.pending': ['SELECT', 'DELETE'],
    'audit.position': ['SELECT', 'INSERT'],
    'audit.tile': ['SELECT', 'INSERT', 'UPDATE'],
    'audit.checkpoint': ['SELECT', 'INSERT'],
    'audit.announced': ['SELECT', 'INSERT', 'DELETE'],
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
    'audit.announced': ['SELECT'],
    'audit.claim': ['SELECT'],
    'audit.participant': ['SELECT'],
    'audit.simulation': ['SELECT'],
    'audit.epoch': ['SELECT'],
    'audit.erased_with(customer_id uuid)': ['EXECUTE'],
  }),
];

const ROLES = [
  ...['owner', 'migrator', 'app', 'sequencer', 'purge', 'auditor'].map((role) => [`role lethe_${role}`, '']),
  ['membership of lethe_migrator in lethe_owner', ''],
];

/**
 * The schema `audit` and the refusals as the migrations create them, on every supported version of PostgreSQL. A test
 * compares the two.
 */
export const EXPECTED_DEFENCES: readonly DefenceFact[] = [
  ['schema audit', OWNED],
  ...TABLES,
  ...COLUMNS,
  ...CONSTRAINTS,
  ...INDEXES,
  ...TRIGGERS,
  ...FUNCTIONS,
  ...GRANTS,
  // EXECUTE for the owner only
  ['default privileges of lethe_owner on functions', '{lethe_owner=X/lethe_owner}'],
  ...ROLES,
  ...EXPECTED_REFUSALS,
].map(([object, fact]) => ({ object: object!, fact: fact! }));
