/*
 * Preloaded before the product: removes the proof before the commit, to measure its cost. The product has no switch for
 * it.
 */

import 'reflect-metadata';
import { ProofScan } from '../../../src/modules/data-map';
import { replaced } from './replaced';

replaced(ProofScan, 'prove', () => Promise.resolve());
