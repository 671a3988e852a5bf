import { Client } from 'pg';
import { EmbeddedPostgresFailure } from './embedded-postgres-failure';

/** Connection parameters of the server. The password is the superuser's and must not be logged. */
export interface ServerAddress {
  readonly host: string;
  readonly port: number;
  readonly superuser: string;
  readonly password: string;
}

/** A session in the maintenance database; undefined while the server does not accept connections. */
export async function openSession({ host, port, superuser, password }: ServerAddress): Promise<Client | undefined> {
  const session = new Client({ host, port, user: superuser, password, database: 'postgres', ssl: false });
  session.on('error', () => undefined); // always followed by 'end', which the owner of the session handles
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
