import type { ModuleName } from '../../../kernel/personal-data';
import { type DataMap, type PrintedStep, renderErasure } from '../../data-map';

/** The only step that erases tables of two modules. */
const CUSTOMER_STEP: PrintedStep = {
  module: 'customer',
  alsoIn: ['selection'],
  facts: ['customerNumber', 'createdAt'],
};

/**
 * Renders the SQL of each step for readers, by module. A test compares it with the statements that an anonymization
 * sends.
 */
export function renderErasureSteps(map: DataMap): ReadonlyMap<ModuleName, string> {
  const modules = new Set(map.allCustomerTables.map(({ module }) => module));
  for (const module of CUSTOMER_STEP.alsoIn ?? []) modules.delete(module);
  const steps = [...modules].map((module) => (module === CUSTOMER_STEP.module ? CUSTOMER_STEP : { module }));
  return new Map(steps.map((step) => [step.module, renderErasure(map, step)]));
}
