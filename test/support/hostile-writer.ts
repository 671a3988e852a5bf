import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import type { CustomerTable } from '../../src/modules/data-map';
import type { Connection } from '../../src/platform/database/connection';
import { personalTexts, rowInserts } from './customer-rows';
import { CANARY } from './canary';

export interface Attempts {
  committed: number;
  /** refused with one of {@link REFUSALS} */
  refused: number;
  /** rolled back as the victim of a deadlock */
  deadlocked: number;
  /** refused by a constraint: a parent still in use, a duplicate of a unique kind */
  constrained: number;
  /** SQLSTATEs of all other errors */
  readonly unexpected: string[];
}

/** Tables whose rows must move and be deleted together, because foreign keys other than the customer's join them. */
export type Family = readonly CustomerTable[];

export async function familiesOf(sql: Client, tables: readonly CustomerTable[]): Promise<Family[]> {
  const { rows } = await sql.query<{ child: string; parent: string }>(`
    SELECT conrelid::regclass::text AS child, confrelid::regclass::text AS parent FROM pg_constraint
    WHERE contype = 'f' AND confrelid <> 'customer'::regclass`);
  const family = new Map(tables.map((table) => [table.name, [table]]));
  for (const { child, parent } of rows) {
    const [mine, theirs] = [family.get(child), family.get(parent)];
    if (mine === undefined || theirs === undefined || mine === theirs) continue;
    mine.push(...theirs);
    for (const { name } of theirs) family.set(name, mine);
  }
  family.delete('customer');
  return [...new Set(family.values())];
}

/** Refusals by a guard, an issued or retained document, or a missing privilege of the role. */
const REFUSALS = new Set(['AN001', 'AN004', 'AN007', '42501']);

/** Milliseconds; without any pause, three writers take both processors from the sessions that they should disturb. */
const MAX_PAUSE_MS = 5;

/**
 * A program that knows nothing of the product's lock order and writes anywhere as the application's role: it adds,
 * changes, deletes and moves rows of random customers, sometimes locking the customer first and sometimes the rows.
 */
export class HostileWriter {
  readonly attempts: Attempts = { committed: 0, refused: 0, deadlocked: 0, constrained: 0, unexpected: [] };
  private readonly client: Client;
  private readonly random: () => number;

  constructor(
    connection: Connection,
    private readonly families: readonly Family[],
    private readonly customerIds: readonly string[],
    seed: number,
  ) {
    this.client = new Client(connection);
    this.random = randomNumbers(seed);
  }

  /** Number of its transactions that have ended, committed or not. */
  get ended(): number {
    const { committed, refused, deadlocked, constrained, unexpected } = this.attempts;
    return committed + refused + deadlocked + constrained + unexpected.length;
  }

  /** @param mayWrite whether it may write now or has to wait */
  async workUntil(isOver: () => boolean, mayWrite: () => boolean = () => true): Promise<void> {
    await this.client.connect();
    try {
      while (!isOver()) {
        if (mayWrite()) await this.attempt();
        await delay(this.random() * MAX_PAUSE_MS);
      }
    } finally {
      await this.client.end();
    }
  }

  private async attempt(): Promise<void> {
    const family = this.pick(this.families);
    const [one, other] = [this.pick(this.customerIds), this.pick(this.customerIds)];
    try {
      await this.client.query('BEGIN; SET CONSTRAINTS ALL DEFERRED');
      await this.pick([this.lockCustomers, this.lockRows, this.lockNothing])(family, one, other);
      await this.pick([this.add, this.change, this.remove, this.move])(family, one, other);
      if (this.random() < 0.2) await delay(3); // pauses inside the transaction
      await this.client.query('COMMIT');
      this.attempts.committed++;
    } catch (error) {
      await this.client.query('ROLLBACK');
      this.note((error as { code?: string }).code ?? String(error));
    }
  }

  private note(code: string): void {
    if (REFUSALS.has(code)) this.attempts.refused++;
    else if (code === '40P01') this.attempts.deadlocked++;
    else if (code.startsWith('23')) this.attempts.constrained++;
    else this.attempts.unexpected.push(code);
  }

  private readonly lockCustomers = async (_: Family, ...ids: string[]): Promise<void> => {
    await this.client.query('SELECT FROM customer WHERE id = ANY ($1::uuid[]) ORDER BY id FOR KEY SHARE', [ids]);
  };

  private readonly lockRows = async (family: Family, one: string): Promise<void> => {
    const { name, rule } = this.pick(family);
    await this.client.query(`SELECT FROM ${name} WHERE ${rule.customerColumns[0]} = $1 FOR UPDATE`, [one]);
  };

  private readonly lockNothing = (): Promise<void> => Promise.resolve();

  private readonly add = async (family: Family, one: string): Promise<void> => {
    await this.client.query(this.pick(rowInserts(family)).sql, [[one]]);
  };

  private readonly change = async (family: Family, one: string): Promise<void> => {
    const { name, rule, columns } = this.pick(family);
    const texts = personalTexts({ name, rule, columns } as CustomerTable);
    // a table without personal columns: sets a column to its own value
    const changed = texts.length === 0 ? [rule.customerColumns[0]!] : texts;
    const assignments = changed.map((column) => `${column} = ${texts.length === 0 ? column : value(name, column)}`);
    await this.client.query(
      `UPDATE ${name} SET ${assignments.join(', ')} WHERE ${this.pick(rule.customerColumns)} = $1`,
      [one],
    );
  };

  private readonly remove = async (family: Family, one: string): Promise<void> => {
    for (const { name, rule } of this.shuffled(family))
      await this.client.query(`DELETE FROM ${name} WHERE ${this.pick(rule.customerColumns)} = $1`, [one]);
  };

  private readonly move = async (family: Family, one: string, other: string): Promise<void> => {
    for (const { name, rule } of this.shuffled(family)) {
      const owner = this.pick(rule.customerColumns);
      await this.client.query(`UPDATE ${name} SET ${owner} = $2 WHERE ${owner} = $1`, [one, other]);
    }
  };

  private pick<Item>(items: readonly Item[]): Item {
    return items[Math.floor(this.random() * items.length)]!;
  }

  private shuffled<Item>(items: readonly Item[]): Item[] {
    return items
      .map((item) => ({ item, order: this.random() }))
      .sort((a, b) => a.order - b.order)
      .map(({ item }) => item);
  }
}

/** Keeps the values of unique columns distinct. */
const value = (table: string, column: string): string =>
  table === 'customer_card' || table === 'relationship' ? 'gen_random_uuid()::text' : `'${CANARY} ' || ${column}`;

/** mulberry32 */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
