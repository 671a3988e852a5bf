/* Loaded before the product: without redaction, fiscal copies and the audit tree, to see what they cost. Nothing in the product can switch them off. */

import './without-sequencer';
import { Erasure } from '../../../src/modules/data-map';
import { FiscalCopies } from '../../../src/modules/finance/anonymization/fiscal-copies';
import { replaced } from './replaced';

replaced(FiscalCopies, 'write', () => Promise.resolve(new Map()));
replaced(Erasure, 'identifiersOf', () => Promise.resolve(new Map()));
replaced(Erasure, 'redactedRows', () => Promise.resolve([]));
