/* Preloaded before the product: assigns no positions, leaves or checkpoints, and lets runs complete without them. */

import 'reflect-metadata';
import { AuditLog } from '../../../src/modules/audit';
import { Sequencer } from '../../../src/modules/audit/sequencer/sequencer';
import { replaced } from './replaced';

replaced(Sequencer, 'onApplicationBootstrap', () => undefined);
replaced(AuditLog, 'isAnchored', () => Promise.resolve(true));
