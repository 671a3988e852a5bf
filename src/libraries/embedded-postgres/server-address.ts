import { Client } from 'pg';
import { EmbeddedPostgresFailure } from './embedded-postgres-failure';

/** How to reach the server. The password is the superuser's: hand it on to code, never to a log. */
export interface ServerAddress {
  readonly host: string;
  readonly port: number;
  readonly superuser: string;
  readonly password: string;
}

/** A session in the maintenance database, or undefined while the server does not take any. */
export async function openSession({ host, port, superuser, password }: ServerAddress): Promise<Client | undefined> {
  const session = new Client({ host, port, user: superuser, password, database: 'postgres', ssl: false });
  session.on('error', () => undefined); // always followed by 'end', which the holder of the session observes
  try {
    await session.connect();
    return session;
  } catch (error) {
    if ((error as { code?: string }).code !== '28P01') return undefined;
    throw new EmbeddedPostgresFailure(
      'CREDENTIALS_REFUSED',
      'the cluster does not accept the password in postgres.json.',
    );
  }
}
