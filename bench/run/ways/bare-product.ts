/* Loaded before the product: without redaction, fiscal copies and the sequencer, to see what they cost. Nothing in the product can switch them off. */

import 'reflect-metadata';
import { Erasure } from '../../../src/modules/data-map';
import { Sequencer } from '../../../src/modules/audit/sequencer/sequencer';
import { FiscalCopies } from '../../../src/modules/finance/anonymization/fiscal-copies';

function replace(type: { prototype: object }, method: string, replacement: () => Promise<unknown>): void {
  if (!(method in type.prototype))
    throw new Error(`${method} is gone: the benchmark has to be told how to switch it off`);
  Object.assign(type.prototype, { [method]: replacement });
}

replace(Sequencer, 'onApplicationBootstrap', () => Promise.resolve());
replace(FiscalCopies, 'write', () => Promise.resolve(new Map()));
replace(Erasure, 'identifiersOf', () => Promise.resolve(new Map()));
replace(Erasure, 'redactedRows', () => Promise.resolve([]));
