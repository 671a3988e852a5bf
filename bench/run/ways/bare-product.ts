/*
 * Preloaded before the product: removes redaction, sealed copies and the audit tree, to measure their cost. The product
 * has no switch for it.
 */

import './without-sequencer';
import { Erasure } from '../../../src/modules/data-map';
import { SealedCopies } from '../../../src/modules/archive';
import { replaced } from './replaced';

replaced(SealedCopies, 'write', () => Promise.resolve(new Map()));
replaced(Erasure, 'identifiersOf', () => Promise.resolve(new Map()));
replaced(Erasure, 'redactedRows', () => Promise.resolve([]));
