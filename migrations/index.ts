import { Foundation1700000000001 } from './0001-foundation';
import { CustomerRecords1700000000002 } from './0002-customer-records';
import { Guards1700000000003 } from './0003-guards';
import { Anonymization1700000000004 } from './0004-anonymization';
import { Audit1700000000005 } from './0005-audit';
import { Grants1700000000006 } from './0006-grants';
import { CustomerSearch1700000000007 } from './0007-customer-search';
import { EmployeeSessions1700000000008 } from './0008-employee-sessions';
import { Merge1700000000009 } from './0009-merge';
import { DocumentNumbers1700000000010 } from './0010-document-numbers';
import { Purge1700000000011 } from './0011-purge';
import { Search1700000000012 } from './0012-search';
import { RunControl1700000000013 } from './0013-run-control';
import { RunCleanup1700000000014 } from './0014-run-cleanup';
import { GuardPlan1700000000015 } from './0015-guard-plan';
import { AuditTree1700000000016 } from './0016-audit-tree';
import { Worklist1700000000017 } from './0017-worklist';
import { BrowserSessions1700000000018 } from './0018-browser-sessions';
import { SealedCopies1700000000019 } from './0019-sealed-copies';
import { StockOwners1700000000020 } from './0020-stock-owners';
import { Refusals1700000000021 } from './0021-refusals';
import { SearchForms1700000000022 } from './0022-search-forms';
import { MergeConflicts1700000000023 } from './0023-merge-conflicts';
import { RunExpiry1700000000024 } from './0024-run-expiry';
import { LedgerEpochs1700000000025 } from './0025-ledger-epochs';
import { KeyFingerprints1700000000026 } from './0026-key-fingerprints';

/** In order; a migration that has run anywhere is never edited, only followed. */
export const migrations = [
  Foundation1700000000001,
  CustomerRecords1700000000002,
  Guards1700000000003,
  Anonymization1700000000004,
  Audit1700000000005,
  Grants1700000000006,
  CustomerSearch1700000000007,
  EmployeeSessions1700000000008,
  Merge1700000000009,
  DocumentNumbers1700000000010,
  Purge1700000000011,
  Search1700000000012,
  RunControl1700000000013,
  RunCleanup1700000000014,
  GuardPlan1700000000015,
  AuditTree1700000000016,
  Worklist1700000000017,
  BrowserSessions1700000000018,
  SealedCopies1700000000019,
  StockOwners1700000000020,
  Refusals1700000000021,
  SearchForms1700000000022,
  MergeConflicts1700000000023,
  RunExpiry1700000000024,
  LedgerEpochs1700000000025,
  KeyFingerprints1700000000026,
];
