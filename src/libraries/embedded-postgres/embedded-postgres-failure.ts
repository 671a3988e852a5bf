export type EmbeddedPostgresCode =
  | 'BINARIES_MISSING'
  | 'BINARIES_UNUSABLE'
  | 'CREDENTIALS_MISSING'
  | 'CREDENTIALS_REFUSED'
  | 'DATA_FOLDER_IN_USE'
  | 'FOLDER_UNREACHABLE'
  | 'INITDB_FAILED'
  | 'START_FAILED'
  | 'UNPRIVILEGED_USER_MISSING'
  | 'USER_ID_UNKNOWN'
  | 'VERSION_MISMATCH';

/**
 * The embedded server is unavailable. The message is one line for the operator. It contains paths and versions, never a
 * secret.
 */
export class EmbeddedPostgresFailure extends Error {
  override readonly name = 'EmbeddedPostgresFailure';

  constructor(
    readonly code: EmbeddedPostgresCode,
    explanation: string,
  ) {
    super(`${code}: ${explanation}`);
  }

  static dataFolderInUse(): EmbeddedPostgresFailure {
    return new EmbeddedPostgresFailure('DATA_FOLDER_IN_USE', 'another process serves from this data folder.');
  }
}
