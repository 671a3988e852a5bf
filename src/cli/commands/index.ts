import { command as anonymize } from './anonymize.command';
import { command as archivePurge } from './archive-purge.command';
import { command as archiveUnseal } from './archive-unseal.command';
import { command as auditExport } from './audit-export.command';
import { command as auditRotateKey } from './audit-rotate-key.command';
import { command as auditVectors } from './audit-vectors.command';
import { command as auditVerify } from './audit-verify.command';
import { command as demo } from './demo.command';
import { command as erasureReapply } from './erasure-reapply.command';
import { command as erasureReplay } from './erasure-replay.command';
import { command as erasureResolve } from './erasure-resolve.command';
import { command as erasureScan } from './erasure-scan.command';
import { command as erasureScrub } from './erasure-scrub.command';
import { command as importCommand } from './import.command';
import { command as keysRotate } from './keys-rotate.command';
import { command as rehearse } from './rehearse.command';
import type { CommandDescription } from '../define-command';

/** Commands that serve; they take no parameters. */
const start: CommandDescription = {
  name: 'start',
  usage: [''],
  purpose: 'Migrates the database and serves.',
  options: {},
  exitCodes: {},
};
const worker: CommandDescription = {
  name: 'worker',
  usage: [''],
  purpose: 'Starts an additional process that works on runs.',
  options: {},
  exitCodes: {},
};

/** All commands, in the order in which operators need them. */
export const COMMANDS: readonly CommandDescription[] = [
  demo,
  start,
  worker,
  importCommand,
  rehearse,
  anonymize,
  auditVerify,
  auditVectors,
  auditExport,
  auditRotateKey,
  erasureReplay,
  erasureResolve,
  erasureReapply,
  erasureScan,
  erasureScrub,
  archiveUnseal,
  archivePurge,
  keysRotate,
];
