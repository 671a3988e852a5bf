import { createHash, createHmac, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor';
import { type BrowserSession, BrowserSessions } from '../../../platform/auth/browser-sessions';
import { Clock } from '../../../platform/clock/clock';
import { LetheConfig } from '../../../platform/config/lethe-config';
import { TransactionRunner } from '../../../platform/database/transaction-runner';
import { EmployeeSession } from '../entities/employee-session.entity';
import { SELECT_SESSION } from '../queries/sessions.queries';

const TOKEN_BYTES = 32;
const MINUTE_MS = 60_000;
/** How long an entered password confirms irreversible actions. */
const CONFIRMED_MS = 5 * MINUTE_MS;
const SEEN_INTERVAL_MS = MINUTE_MS;

interface SessionRow extends Actor {
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
  readonly confirmedAt: Date;
}

/**
 * Sessions of browsers. Only the cookie contains the token, so read access to the database yields no usable session.
 */
@Injectable()
export class StoredSessions extends BrowserSessions {
  constructor(
    private readonly transaction: TransactionRunner,
    private readonly clock: Clock,
    private readonly config: LetheConfig,
  ) {
    super();
  }

  /** Begins a session in the current transaction, and deletes sessions that have ended. */
  async begin(employeeId: string): Promise<string> {
    const token = randomBytes(TOKEN_BYTES).toString('base64url');
    const now = this.clock.now();
    await this.transaction.query('DELETE FROM employee_session WHERE last_seen_at < $1 OR created_at < $2', [
      this.idleSince(now),
      this.endedSince(now),
    ]);
    await this.transaction
      .repository(EmployeeSession)
      .insert({ tokenHash: digest(token), employeeId, createdAt: now, lastSeenAt: now, confirmedAt: now });
    return token;
  }

  /** Runs one statement on the primary key; at most once a minute, a second one records the activity. */
  async find(token: string): Promise<BrowserSession | null> {
    const now = this.clock.now();
    const [row] = await this.transaction.readAlone<SessionRow>(SELECT_SESSION, [
      digest(token),
      this.idleSince(now),
      this.endedSince(now),
    ]);
    if (row === undefined) return null;
    if (now.getTime() - row.lastSeenAt.getTime() >= SEEN_INTERVAL_MS)
      await this.transaction.run(() => this.change(token, { lastSeenAt: now }));
    return this.present(token, row, now);
  }

  /** Records that the password was entered again. */
  async confirm(token: string): Promise<void> {
    const now = this.clock.now();
    await this.change(token, { confirmedAt: now, lastSeenAt: now });
  }

  /** Keeps this session after its owner has changed the password. All other sessions of the employee have ended. */
  async renew(token: string): Promise<void> {
    await this.transaction.run(() => this.confirm(token));
  }

  async end(token: string): Promise<void> {
    await this.transaction.repository(EmployeeSession).delete({ tokenHash: digest(token) });
  }

  /** Runs in the transaction that locks the employee. An employee who is unlocked later must log in again. */
  async endAllOf(employeeId: string): Promise<void> {
    await this.transaction.repository(EmployeeSession).delete({ employeeId });
  }

  private async change(token: string, changes: Partial<EmployeeSession>): Promise<void> {
    await this.transaction.repository(EmployeeSession).update({ tokenHash: digest(token) }, changes);
  }

  private present(
    token: string,
    { id, displayName, role, createdAt, confirmedAt }: SessionRow,
    now: Date,
  ): BrowserSession {
    return {
      actor: { id, displayName, role },
      csrfToken: createHmac('sha256', token).update('csrf').digest('base64url'),
      isConfirmed: now.getTime() - confirmedAt.getTime() < CONFIRMED_MS,
      idleUntil: new Date(now.getTime() + this.config.sessionIdleMinutes * MINUTE_MS),
      until: new Date(createdAt.getTime() + this.config.sessionHours * 60 * MINUTE_MS),
    };
  }

  private idleSince(now: Date): Date {
    return new Date(now.getTime() - this.config.sessionIdleMinutes * MINUTE_MS);
  }

  private endedSince(now: Date): Date {
    return new Date(now.getTime() - this.config.sessionHours * 60 * MINUTE_MS);
  }
}

const digest = (token: string): Buffer => createHash('sha256').update(token).digest();
