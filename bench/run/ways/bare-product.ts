/* Loaded before the product: without redaction, sealed copies and the audit tree, to see what they cost. Nothing in the product can switch them off. */

import './without-sequencer';
import { Erasure } from '../../../src/modules/data-map';
import { SealedCopies } from '../../../src/modules/archive';
import { replaced } from './replaced';

replaced(SealedCopies, 'write', () => Promise.resolve(new Map()));
replaced(Erasure, 'identifiersOf', () => Promise.resolve(new Map()));
replaced(Erasure, 'redactedRows', () => Promise.resolve([]));
